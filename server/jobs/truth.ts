import type { CampaignId } from "../domain/ids";
import { isExact, isOrdered, listOf, rightAnswer } from "../domain/sorter/task";
import { createGenerator } from "../ml/generate/generator";
import type { TextModel } from "../ml/rlhf/data";
import type { Services } from "../services/context";
import { campaignOf, promptTexts } from "../services/run-record";

/** What tells whether a policy's answers are right, where a program can. It judges and trains nothing. */
export interface Truth {
  /**
   * Shares of the held-out prompts that the policy, as it is now, answers when greedy: `truth/exact` exactly
   * right, `truth/ordered` in order upwards or downwards.
   */
  measure: () => Promise<{ "truth/exact": number; "truth/ordered": number }>;
  dispose: () => Promise<void>;
}

/** More prompts would tell little more: at 300 the standard error is below 0.03. */
const enough = 300;

/** Null when no program can tell, or the campaign holds no prompt back. */
export async function truthOf(
  ctx: Services,
  campaignId: CampaignId | null,
  policy: TextModel,
  signal: AbortSignal,
): Promise<Truth | null> {
  const campaign = await campaignOf(ctx, campaignId);
  if (campaign?.verifier !== "sort") return null;
  const heldOut = await promptTexts(ctx, campaign.id, "heldout");
  const prompts = heldOut.prompts.filter((text) => listOf(text) !== null);
  return await truthOn(prompts.slice(0, enough), policy, signal);
}

/** @param prompts of the sorting task; null when there is none */
export async function truthOn(
  prompts: readonly string[],
  policy: TextModel,
  signal?: AbortSignal,
): Promise<Truth | null> {
  if (prompts.length === 0) return null;
  const { tokenizer, config } = policy;
  const ids = await tokenizer.encodeAll(prompts);
  const answers = await tokenizer.encodeAll(prompts.map(rightAnswer), { specials: false });
  const generator = await createGenerator(policy);
  return {
    async measure() {
      const requests = prompts.map((_, i) => ({
        ids: ids[i],
        seed: 0,
        temperature: 0,
        // room for the answer, a space before it, its end, and one token by which it is too long
        maxNewTokens: Math.min(answers[i].length + 3, config.context - ids[i].length),
      }));
      const answered = await generator.generate(requests, { signal });
      const share = (is: (prompt: string, text: string) => boolean) =>
        answered.filter(
          ({ ids: answer, finish }, i) =>
            finish === "stop" && is(prompts[i], tokenizer.decodeAfter(ids[i], answer)),
        ).length / prompts.length;
      return { "truth/exact": share(isExact), "truth/ordered": share(isOrdered) };
    },
    dispose: () => generator.dispose(),
  };
}

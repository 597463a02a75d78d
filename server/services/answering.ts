import {
  demonstrationOf,
  insertTask,
  promptsOfSplit,
  taskPrompts,
  type CompletionRow,
  type PromptRow,
} from "../db/queries/answer";
import { givenOf } from "../db/queries/given";
import { findCampaign, type CampaignRow } from "../db/queries/campaign";
import { updateModel } from "../db/queries/model";
import type { SamplingParams } from "../db/json-columns";
import { findRound, findRoundNumber, setRound, type RoundRow } from "../db/queries/run";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import { distributionOf, isCalibration } from "../domain/distribution";
import {
  newId,
  type CompletionId,
  type DemonstrationId,
  type ModelId,
  type RoundId,
} from "../domain/ids";
import type { GivenAnswer } from "../domain/prompts/given-answers";
import { ruleOf } from "../domain/rounds/rule";
import { hash32 } from "../domain/sorter/random";
import { isExact } from "../domain/sorter/task";
import type { Services } from "./context";
import { moveRound } from "./round-moves";

export type { CampaignRow, PromptRow, RoundRow, SamplingParams };

/** An answer that a policy gave: the round's, unless it says which. */
export interface Answer extends Pick<CompletionRow, "text" | "seed" | "finish"> {
  params: SamplingParams;
  modelId?: ModelId;
}

export async function roundOf(
  { db }: Services,
  id: RoundId,
): Promise<{ round: RoundRow; campaign: CampaignRow }> {
  const round = await findRound(db.read, id);
  const campaign = round && (await findCampaign(db.read, round.campaignId));
  if (!campaign) throw new AppError("not-found", "This round is gone: reload the page.");
  return { round, campaign };
}

/**
 * The prompts that a round has yet to answer, in the order in which it takes them: those with the fewest
 * tasks so far first, then by a draw that depends on round and prompt alone, so that a job that is begun
 * again goes on in the same order.
 */
export async function promptsToAnswer({ db }: Services, round: RoundRow) {
  const prompts = await promptsOfSplit(db.read, round.campaignId, "train");
  const tasks = await taskPrompts(db.read, round.campaignId);
  const earlier = new Map<string, number>();
  const answered = new Set<string>();
  for (const { promptId, roundId } of tasks) {
    if (roundId === round.id) answered.add(promptId);
    else earlier.set(promptId, (earlier.get(promptId) ?? 0) + 1);
  }
  const turn = ({ id }: PromptRow) =>
    (earlier.get(id) ?? 0) * 2 ** 32 + hash32(`${round.id} ${id}`);
  const waiting = prompts
    .filter(({ id }) => !answered.has(id))
    .map((row) => ({ row, turn: turn(row) }))
    .sort((a, b) => a.turn - b.turn)
    .map(({ row }) => row);
  return { waiting, answered: answered.size };
}

/** The policy whose answers stand beside the new one's in a share of the round's tasks; null = in none. */
export async function calibrationOf(
  { db }: Services,
  { round, campaign }: { round: RoundRow; campaign: CampaignRow },
): Promise<{ share: number; modelId: ModelId } | null> {
  const { calibrationShare: share } = ruleOf(campaign.config.rounds);
  const before = share > 0 && (await findRoundNumber(db.read, campaign.id, round.number - 1));
  if (!before || before.policyModelId === round.policyModelId) return null;
  return { share, modelId: before.policyModelId };
}

export type WrittenAnswer = { demonstrationId: DemonstrationId; text: string };

/** What people wrote for these prompts, where the campaign ranks that beside the policy's answers. */
export async function writtenAnswers(
  { db }: Services,
  campaign: CampaignRow,
  prompts: readonly PromptRow[],
): Promise<(WrittenAnswer | null)[]> {
  if (!campaign.config.demonstrations) return prompts.map(() => null);
  const ids = prompts.map((row) => row.id);
  const found = await demonstrationOf(db.read, ids);
  return ids.map((id) => {
    const row = found.get(id);
    return row ? { demonstrationId: row.id, text: row.text } : null;
  });
}

/** An answer that came with its prompt. */
export type OutsideAnswer = GivenAnswer;

/** The two answers that came with each of these prompts, where they did. */
export const givenAnswers = ({ db }: Services, prompts: readonly PromptRow[]) =>
  givenOf(
    db.read,
    prompts.map(({ id }) => id),
  );

/** Makes a task of a prompt's answers; the program's verdict, where there is one, stays on the server. */
export async function keepTask(
  { db }: Services,
  { round, campaign }: { round: RoundRow; campaign: CampaignRow },
  prompt: PromptRow,
  answers: readonly (Answer | WrittenAnswer | OutsideAnswer)[],
): Promise<void> {
  const about = { promptId: prompt.id, roundId: round.id };
  const judge = campaign.verifier === "sort";
  const written = { params: {}, finish: "written" as const };
  const completions = answers.map((answer) => {
    const { text } = answer;
    const by =
      "origin" in answer
        ? { text, ...written }
        : "demonstrationId" in answer
          ? { ...answer, ...written }
          : { modelId: round.policyModelId, ...answer };
    const correct = judge ? isExact(prompt.text, text) : null;
    return { ...about, ...by, id: newId<CompletionId>(), correct };
  });
  const origins = answers.flatMap((answer, i) =>
    "origin" in answer ? [{ completionId: completions[i].id, origin: answer.origin }] : [],
  );
  const task = {
    campaignId: campaign.id,
    roundId: round.id,
    promptId: prompt.id,
    completionIds: completions.map((one) => one.id),
    overlap: campaign.overlap,
    calibration: isCalibration(
      distributionOf(campaign.config).calibrationShare,
      hash32(`calibration ${prompt.id}`) / 2 ** 32,
    ),
  };
  await write(db, (tx) => insertTask(tx, task, completions, origins));
}

/** Truth of the policy that a round began with. */
export async function keepTruth({ db }: Services, round: RoundRow, exact: number): Promise<void> {
  await write(db, async (tx) => {
    await setRound(tx, round.id, { exact });
    await updateModel(tx, round.policyModelId, { exact });
  });
}

/** The tasks are there: labelers may begin. */
export async function beginCollecting({ db }: Services, round: RoundRow): Promise<void> {
  await write(db, (tx) => moveRound(tx, round.id, { kind: "answered" }));
}

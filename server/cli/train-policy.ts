import type { Command } from "commander";
import { z } from "zod";
import { AppError } from "../domain/app-error";
import { loadModel } from "../ml/checkpoint/load-model";
import type { TextModel } from "../ml/rlhf/data";
import { encodePrompts } from "../ml/rlhf/encode";
import { loraOptions, refuseDropout, trainerOptions, zLora } from "../ml/rlhf/lora-options";
import type { PpoModels, PpoRunOptions } from "../ml/rlhf/ppo";
import { requireLanguageHead } from "../ml/rlhf/reward-model";
import type { Step } from "../ml/rlhf/step";
import { configOf, describeConfig } from "./config";
import { type FileOf, type Prompt, readPrompts, readSft } from "./data";
import { hashOf } from "./files";
import { loadToTrain, loraFlags, saveTrained } from "./lora";
import { examples, type TrainingFlags, trainingOptions, whole } from "./options";
import { createOutput, duration, short } from "./output";
import { chooseProvider } from "./provider";
import { openReward, REWARD_HELP, type RewardFlags, rewardOptions } from "./reward-sources";
import { namingRowsOf } from "./row-names";
import { modelName } from "./shared";
import { runTraining } from "./training";

/** A way to improve a policy by rewards of its own answers. */
export interface PolicyMethod<S extends z.ZodObject> {
  readonly kind: "ppo" | "rloo" | "grpo";
  readonly title: string;
  readonly description: string;
  readonly config: S;
  /** Whether --ptx is taken. */
  readonly hasTexts?: boolean;
  train(
    models: Omit<PpoModels, "value">,
    prompts: readonly string[],
    config: z.output<S>,
    run: PpoRunOptions,
  ): AsyncGenerator<Step, void>;
}

interface Flags extends TrainingFlags, RewardFlags {
  readonly model: string;
  readonly prompts: string;
  readonly reference?: string;
  readonly maxNewTokens?: number;
  readonly ptx?: string;
}

/** The configs of all methods have these. */
const zShared = z.looseObject({ seed: z.number(), maxNewTokens: z.number() });

export function policyCommand<S extends z.ZodObject>(
  parent: Command,
  args: readonly string[],
  method: PolicyMethod<S>,
): void {
  const { kind, title } = method;
  const schema: z.ZodObject = method.config.extend(loraOptions);
  const command = parent
    .command(kind)
    .description(method.description)
    .requiredOption("--model <dir>", "policy to start from")
    .requiredOption("--prompts <file>", "{prompt} rows to answer")
    .requiredOption("--out <dir>", "folder for the new policy")
    .option("--reference <dir>", "frozen model that KL is measured from (the policy at its start)")
    .option("--max-new-tokens <n>", "tokens of a response at most", whole(1));
  if (method.hasTexts)
    command.option("--ptx <file>", "rows of pretraining text to keep likely (ptxCoefficient)");
  examples(
    trainingOptions(rewardOptions(command)),
    `
One step is an iteration: --batch-size responses, their scores, --epochs passes of updates.
--max-steps is the number of iterations. Some responses are kept with their scores in samples.jsonl.
Watch objective/scores beside the truth: a reward model that is trained against for long gets gamed.
${REWARD_HELP}
Example:
  $ revealed train ${kind} --model sft --reward rm --prompts prompts.jsonl --out policy --max-steps 30
  $ revealed train ${kind} --model sft --reward rm-1,rm-2 --combine wco --reward 0.5*check.js --prompts prompts.jsonl --out policy
Options for --config FILE.json:
${describeConfig(schema)}`,
  ).action(async (flags: Flags) => {
    const output = createOutput(flags);
    const { seed, lr, epochs, batchSize, maxSteps, maxNewTokens } = flags;
    const given = { seed, learningRate: lr, epochs, batchSize, iterations: maxSteps, maxNewTokens };
    const all = await configOf(schema, { ...given, ...loraFlags(flags) }, flags.config);
    const config = method.config.parse(trainerOptions(all));
    const recorded = zShared.parse(all);
    const lora = zLora.parse(all);
    refuseDropout(lora, title);
    const provider = await chooseProvider(flags.ep, output);
    const policy = await loadToTrain(flags.model, { ...lora, seed: recorded.seed });
    requireLanguageHead(policy, `--model ${flags.model}`);
    const reference = flags.reference ? await loadModel(flags.reference) : undefined;
    if (reference) requireSameText(policy, reference, flags);
    const texts = flags.ptx ? await readSft(flags.ptx, policy.tokenizer) : null;
    const rows = await readPrompts(flags.prompts, policy.tokenizer);
    const prompts = flags.maxLength
      ? await shortEnough(rows, policy, flags.maxLength - recorded.maxNewTokens)
      : rows;
    const left = rows.examples.length - prompts.examples.length;
    if (left > 0) output.note(`${left} of ${rows.examples.length} prompts are too long: left out`);
    const reward = await openReward(flags, policy, {
      provider,
      prompt: prompts.examples[0].text,
    });
    let result: Record<string, unknown>;
    try {
      result = await runTraining(
        {
          kind,
          config: recorded,
          schema,
          provider,
          inputs: {
            model: { path: flags.model, hash: policy.hash },
            ...reward.inputs,
            prompts: { path: flags.prompts, hash: await hashOf(flags.prompts) },
            ...(reference && { reference: { path: flags.reference!, hash: reference.hash } }),
            ...(flags.ptx && { ptx: { path: flags.ptx, hash: await hashOf(flags.ptx) } }),
          },
          start: (run) =>
            namingRowsOf(
              { prompt: prompts },
              method.train(
                { policy, reward: reward.models, ...(reference && { reference }) },
                prompts.examples.map(({ text }) => text),
                config,
                {
                  ...run,
                  provider,
                  source: reward.source,
                  labels: prompts.examples.map(({ label }) => label),
                  texts: texts?.examples,
                },
              ),
            ),
          shown: (metrics) => ({
            score: metrics["objective/scores"],
            kl: metrics["objective/kl"],
            "tokens/s": metrics.tokens_per_second,
          }),
          async finish({ history, metrics, steps }) {
            const text = `Improved by ${title} against ${reward.names.join(", ")}.`;
            const card = { baseModel: modelName(flags.model), text, tags: [kind] };
            const saved = await saveTrained(flags, policy, policy.base, card);
            const speeds = history.map((step) => step.tokens_per_second);
            return {
              ...saved,
              iterations: steps,
              episodes: metrics.episode,
              kl: metrics["objective/kl"],
              scores: metrics["objective/scores"],
              tokens_per_second: speeds.reduce((sum, speed) => sum + speed, 0) / speeds.length,
            };
          },
        },
        flags,
        args,
        output,
      );
    } finally {
      await reward.source.dispose();
    }
    const { iterations, episodes, seconds, kl, scores } = result as Record<string, number>;
    output.result(result, [
      `${flags.out}: ${iterations} iterations, ${episodes} episodes in ${duration(seconds)}`,
      `score ${short(scores)}, KL ${short(kl)} nats a response`,
    ]);
  });
}

/** Two models read and write the same ids only with the same tokenizer. */
function requireSameText(policy: TextModel, other: TextModel, flags: Flags): void {
  if (policy.tokenizer.fingerprint === other.tokenizer.fingerprint) return;
  throw new AppError(
    "bad-input",
    `--reference ${flags.reference} has another tokenizer than --model ${flags.model}, so that their token ids mean different texts; give a model with the same tokenizer.`,
  );
}

async function shortEnough(
  { file, lines, examples: all }: FileOf<Prompt>,
  policy: TextModel,
  tokens: number,
): Promise<FileOf<Prompt>> {
  const ids = await encodePrompts(
    policy,
    all.map(({ text }) => text),
  );
  const fits = (_: unknown, i: number) => ids[i].length <= tokens;
  const kept = all.filter(fits);
  if (kept.length > 0) return { file, lines: lines.filter(fits), examples: kept };
  throw new AppError(
    "bad-input",
    `${file}: no prompt has at most ${tokens} tokens, which is --max-length less the new tokens; make --max-length larger or --max-new-tokens smaller.`,
  );
}

import type { Command } from "commander";
import { AppError } from "../domain/app-error";
import { loadModel } from "../ml/checkpoint/load-model";
import type { TextModel } from "../ml/rlhf/data";
import { encodePrompts } from "../ml/rlhf/encode";
import { trainPpo } from "../ml/rlhf/ppo";
import { ppoConfig } from "../ml/rlhf/ppo-config";
import { requireLanguageHead } from "../ml/rlhf/reward-model";
import { configOf, describeConfig } from "./config";
import { type FileOf, type Prompt, readPrompts } from "./data";
import { hashOf } from "./files";
import { loadToTrain, loraFlags, saveTrained, trainerOptions, withLoraOptions } from "./lora";
import { ensembleOption, examples, type TrainingFlags, trainingOptions, whole } from "./options";
import { createOutput, duration, short } from "./output";
import { chooseProvider } from "./provider";
import { namingRowsOf } from "./row-names";
import { loadRewards } from "./score";
import { modelName } from "./shared";
import { runTraining } from "./training";

interface Flags extends TrainingFlags {
  readonly model: string;
  readonly reward: string;
  readonly prompts: string;
  readonly reference?: string;
  readonly maxNewTokens?: number;
  readonly ensemble: "mean" | "wco";
}

const schema = withLoraOptions(ppoConfig);

export function trainPpoCommand(parent: Command, args: readonly string[]): void {
  const command = parent
    .command("ppo")
    .description("improve a policy by a reward model")
    .requiredOption("--model <dir>", "policy to start from")
    .requiredOption(
      "--reward <dir>",
      "reward model; several, with commas between, make an ensemble",
    )
    .requiredOption("--prompts <file>", "{prompt} rows to answer")
    .requiredOption("--out <dir>", "folder for the new policy")
    .option("--reference <dir>", "frozen model that KL is measured from (the policy at its start)")
    .option("--max-new-tokens <n>", "tokens of a response at most", whole(1));
  examples(
    trainingOptions(ensembleOption(command)),
    `
One step is an iteration: --batch-size responses, their scores, --epochs passes of updates.
--max-steps is the number of iterations. Watch objective/scores beside the truth: a reward model
that is trained against for long gets gamed.
Example:
  $ revealed train ppo --model sft --reward rm --prompts prompts.jsonl --out policy --max-steps 30
Options for --config FILE.json:
${describeConfig(schema)}`,
  ).action(async (flags: Flags) => {
    const output = createOutput(flags);
    const { seed, lr, epochs, batchSize, maxSteps, maxNewTokens } = flags;
    const config = await configOf(
      schema,
      {
        seed,
        learningRate: lr,
        epochs,
        batchSize,
        iterations: maxSteps,
        maxNewTokens,
        ...loraFlags(flags),
      },
      flags.config,
    );
    const provider = await chooseProvider(flags.ep);
    if (config.loraDropout > 0)
      throw new AppError(
        "bad-input",
        "PPO compares the policy with itself, token by token: loraDropout must be 0; leave it out.",
      );
    const policy = await loadToTrain(flags.model, config);
    requireLanguageHead(policy);
    const reward = await loadRewards(flags.reward);
    for (const member of reward) requireSameText(policy, member, flags);
    const reference = flags.reference ? await loadModel(flags.reference) : undefined;
    if (reference) requireSameText(policy, reference, flags);
    const all = await readPrompts(flags.prompts, policy.tokenizer);
    const prompts = flags.maxLength
      ? await shortEnough(all, policy, flags.maxLength - config.maxNewTokens)
      : all;
    const left = all.examples.length - prompts.examples.length;
    if (left > 0) output.note(`${left} of ${all.examples.length} prompts are too long: left out`);
    const result = await runTraining(
      {
        kind: "ppo",
        config,
        provider,
        inputs: {
          model: { path: flags.model, hash: policy.hash },
          ...Object.fromEntries(
            reward.map(({ dir, hash }, i) => [`reward ${i + 1}`, { path: dir, hash }]),
          ),
          prompts: { path: flags.prompts, hash: await hashOf(flags.prompts) },
          ...(reference && { reference: { path: flags.reference!, hash: reference.hash } }),
        },
        start: (run) =>
          namingRowsOf(
            { prompt: prompts },
            trainPpo(
              { policy, reward, ...(reference && { reference }) },
              prompts.examples.map(({ text }) => text),
              trainerOptions(config),
              { ...run, provider, ensemble: flags.ensemble },
            ),
          ),
        shown: (metrics) => ({
          score: metrics["objective/scores"],
          kl: metrics["objective/kl"],
          "tokens/s": metrics.tokens_per_second,
        }),
        async finish({ history, metrics, steps }) {
          const names = reward.map(({ dir }) => modelName(dir)).join(", ");
          const text = `Improved by PPO against the reward model ${names}.`;
          const card = { baseModel: modelName(flags.model), text, tags: ["ppo"] };
          const kind = await saveTrained(flags, policy, policy.base, card);
          const speeds = history.map((step) => step.tokens_per_second);
          return {
            ...kind,
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
  const what =
    other.config.head === "score" ? `--reward ${flags.reward}` : `--reference ${flags.reference}`;
  throw new AppError(
    "bad-input",
    `${what} has another tokenizer than --model ${flags.model}, so that their token ids mean different texts; train it from a model with the same tokenizer.`,
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

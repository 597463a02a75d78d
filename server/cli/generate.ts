import type { Command } from "commander";
import type { z } from "zod";
import { AppError } from "../domain/app-error";
import { badRow, type JsonObject, type Where } from "../domain/formats/row";
import { loadModel } from "../ml/checkpoint/load-model";
import { createGenerator } from "../ml/generate/generator";
import type { Generated, GenerationRequest } from "../ml/generate/request";
import { encodePrompts } from "../ml/rlhf/encode";
import { bestOfNKl } from "../ml/rlhf/formulas/kl";
import { requireLanguageHead } from "../ml/rlhf/reward-model";
import { Random } from "../ml/runtime/random";
import type { Tokenizer } from "../ml/text/tokenizer";
import { configOf, describeConfig } from "./config";
import { type FileOf, type Prompt, readPrompts } from "./data";
import { prepareOut, writeLines } from "./files";
import { generationConfig } from "./generation-config";
import {
  type ComputeFlags,
  computeOptions,
  examples,
  fraction,
  notNegative,
  whole,
} from "./options";
import { createOutput, duration, short } from "./output";
import { chooseProvider } from "./provider";
import {
  openReward,
  type OpenedReward,
  REWARD_HELP,
  type RewardFlags,
  rewardOptions,
} from "./reward-sources";
import { modelName } from "./shared";

interface Flags extends ComputeFlags, Omit<RewardFlags, "reward"> {
  readonly model: string;
  readonly prompts: string;
  readonly out: string;
  readonly config?: string;
  readonly k?: number;
  readonly maxNewTokens?: number;
  readonly maxLength?: number;
  readonly temperature?: number;
  readonly topK?: number;
  readonly topP?: number;
  readonly stop?: string[];
  readonly batchSize?: number;
  readonly bestOf?: number;
  readonly reward?: RewardFlags["reward"];
}

export function generateCommand(program: Command): void {
  const command = program
    .command("generate")
    .description("let a model answer prompts, K times each")
    .requiredOption("--model <dir>", "language model")
    .requiredOption("--prompts <file>", "{prompt} rows; other fields are left alone")
    .requiredOption(
      "--out <file>",
      "rows {prompt, completions: [{id, text, …}]}, ready to be ranked",
    )
    .option("--k <n>", "completions of each prompt (4)", whole(1))
    .option("--max-new-tokens <n>", "tokens of a completion at most (64)", whole(1))
    .option("--temperature <t>", "0 takes the likeliest token each time (1)", notNegative)
    .option("--top-k <n>", "only the n likeliest tokens", whole(1))
    .option("--top-p <p>", "only the likeliest tokens that make up this share", fraction)
    .option("--stop <text>", "end a completion before this text (may be repeated)", texts)
    .option("--max-length <n>", "tokens of prompt and completion together at most", whole(2))
    .option("--batch-size <n>", "completions made at once", whole(1))
    .option("--best-of <n>", "each completion is the best of n by --reward", whole(1))
    .option("--config <file.json>", "every other option, by name");
  examples(
    computeOptions(rewardOptions(command, { required: false })),
    `
The same seed gives the same completions, whatever the batch size. With --best-of n, K is 1 unless it is
given, each completion has its score, and the result says how far this is from the model: log n − (n−1)/n
nats.
${REWARD_HELP}
Example:
  $ revealed generate --model sft --prompts prompts.jsonl --k 6 --max-new-tokens 60 --out answers.jsonl
  $ revealed generate --model sft --prompts prompts.jsonl --best-of 16 --reward rm --out best.jsonl
Options for --config FILE.json:
${describeConfig(generationConfig)}`,
  ).action(async (flags: Flags) => {
    const output = createOutput(flags);
    await prepareOut(flags.out);
    const options = await generationOf(flags);
    const n = options.bestOf;
    requireJudge(n, flags);
    const provider = await chooseProvider(flags.ep, output);
    const model = await loadModel(flags.model);
    requireLanguageHead(model, `--model ${flags.model}`);
    const prompts = await readPrompts(flags.prompts, model.tokenizer);
    const ids = await encodePrompts(
      model,
      prompts.examples.map(({ text }) => text),
    );
    const isJudged = n > 1 || flags.reward !== undefined;
    const reward = isJudged
      ? await openReward({ ...flags, reward: flags.reward! }, model, {
          provider,
          prompt: prompts.examples[0].text,
        })
      : null;
    const requests = requestsOf(prompts, ids, options, model.config.context);
    const begun = performance.now();
    const { batchSize } = options;
    const generator = await createGenerator(model, { provider, ...(batchSize && { batchSize }) });
    const onProgress = (tokens: number, atMost: number) => {
      output.progress(tokens, atMost, { tokens });
    };
    const made = await generator.generate(requests, { onProgress });
    await generator.dispose();
    const texts = made.map((completion, i) =>
      textOf(completion, ids[Math.floor(i / (options.k * n))], model.tokenizer),
    );
    const scores = reward && (await scored(reward));
    const chosen = bestOfEach(made.length, n, scores);
    const seconds = (performance.now() - begun) / 1000;
    const { k, temperature, topK, topP, minP, repetitionPenalty, seed, stopStrings } = options;
    const params = {
      ...given({
        temperature,
        topK,
        topP,
        minP,
        repetitionPenalty,
        seed,
        bestOf: n === 1 ? null : n,
      }),
      ...(stopStrings.length > 0 && { stopStrings }),
    };
    const rows: JsonObject[] = [];
    for (const [i, { prompt, fields }] of prompts.examples.entries()) {
      const completions = chosen.slice(i * k, (i + 1) * k).map((at, place) => {
        const completion = {
          id: `${i + 1}-${place + 1}`,
          text: texts[at],
          model: modelName(flags.model),
          params,
          finish: made[at].finish,
          tokens: made[at].ids.length,
        };
        return scores === null ? completion : Object.assign(completion, { score: scores[at] });
      });
      rows.push({ ...fields, prompt, completions });
    }
    await writeLines(
      flags.out,
      rows.map((row) => JSON.stringify(row)),
    );
    const tokens = made.reduce((sum, completion) => sum + completion.ids.length, 0);
    const result = {
      out: flags.out,
      prompts: rows.length,
      completions: chosen.length,
      tokens,
      seconds,
      tokens_per_second: tokens / seconds,
      ...(scores && {
        best_of: n,
        kl: bestOfNKl(n),
        scores: chosen.reduce((sum, at) => sum + scores[at], 0) / chosen.length,
      }),
    };
    output.result(result, [
      `${flags.out}: ${chosen.length} completions of ${rows.length} prompts in ${duration(seconds)}, ${short(tokens / seconds)} tokens a second`,
      ...(result.scores === undefined
        ? []
        : [`best of ${n}: score ${short(result.scores)}, KL ${short(bestOfNKl(n))} nats`]),
    ]);

    async function scored({ source }: OpenedReward): Promise<number[]> {
      const answers = made.map((completion, i) => {
        const at = Math.floor(i / (options.k * n));
        const { text: prompt, label } = prompts.examples[at];
        return { prompt, label, completion: texts[i], ids: [...ids[at], ...completion.ids] };
      });
      try {
        return await source.score(answers);
      } finally {
        await source.dispose();
      }
    }
  });
}

/** Of every n in a row, the one with the highest score; the first of equals. */
function bestOfEach(count: number, n: number, scores: readonly number[] | null): number[] {
  return Array.from({ length: count / n }, (_, i) => {
    const candidates = Array.from({ length: n }, (__, j) => i * n + j);
    return candidates.reduce((a, b) => (scores !== null && scores[b] > scores[a] ? b : a));
  });
}

function requireJudge(n: number, { reward, bestOf }: Flags): void {
  if (n > 1 && !reward)
    throw new AppError("bad-input", `--best-of ${n} needs --reward, which says what is best.`);
  if (reward && bestOf === undefined && n === 1)
    throw new AppError("bad-input", "--reward is for --best-of n; give that too, or use `score`.");
}

type Options = z.output<typeof generationConfig>;

function generationOf(flags: Flags): Promise<Options> {
  const { stop, k, maxNewTokens, maxLength, temperature, topK, topP, batchSize, bestOf, seed } =
    flags;
  const sampling = { temperature, topK, topP, seed, stopStrings: stop };
  const given = { k, maxNewTokens, maxLength, batchSize, bestOf, ...sampling };
  return configOf(generationConfig, given, flags.config, bestOf === undefined ? {} : { k: 1 });
}

/** K requests for each prompt, each with a seed of its own that depends on nothing else. */
function requestsOf(
  { file, lines }: FileOf<Prompt>,
  ids: readonly number[][],
  options: Options,
  context: number,
): GenerationRequest[] {
  const random = new Random(options.seed).fork("generate");
  const limit = Math.min(options.maxLength ?? context, context);
  const { temperature, topK, topP, minP, repetitionPenalty, stopStrings } = options;
  return ids.flatMap((prompt, i) => {
    const room = limit - prompt.length;
    if (room < 1 || prompt.length === 0) {
      throw unfit({ file, line: lines[i] }, prompt.length, limit);
    }
    const own = random.fork(`prompt ${i}`);
    return Array.from({ length: options.k * options.bestOf }, (_, n) => ({
      ids: prompt,
      seed: own.fork(`completion ${n}`).bits(),
      maxNewTokens: Math.min(options.maxNewTokens, room),
      temperature,
      topK: topK ?? undefined,
      topP: topP ?? undefined,
      minP: minP ?? undefined,
      repetitionPenalty: repetitionPenalty ?? undefined,
      stopStrings,
    }));
  });
}

/** An option that may be repeated. */
function texts(text: string, before: string[] = []): string[] {
  return [...before, text];
}

/** Without what was not asked for. */
function given(options: Record<string, number | null>): JsonObject {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null));
}

function textOf({ ids, finish, text }: Generated, prompt: readonly number[], tokenizer: Tokenizer) {
  return text ?? tokenizer.decodeAfter(prompt, finish === "stop" ? ids.slice(0, -1) : ids);
}

function unfit(where: Where, tokens: number, limit: number): AppError {
  return tokens === 0
    ? badRow(
        where,
        "the prompt is empty, and this tokenizer puts no token in front",
        "write something to begin with",
      )
    : badRow(
        where,
        `the prompt has ${tokens} tokens, which leaves no room in ${limit}`,
        "shorten it, or take a model with a longer context",
      );
}

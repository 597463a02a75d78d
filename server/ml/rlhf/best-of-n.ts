import { AppError } from "../../domain/app-error";
import { createGenerator, type Generator } from "../generate/generator";
import { Random } from "../runtime/random";
import {
  bestOfMetrics,
  bestOfNConfig,
  type BestOfNConfig,
  type BestOfNOptions,
  bestOfSizes,
} from "./best-of-n-config";
import { parseConfig } from "./config";
import type { TextModel } from "./data";
import { encodePrompts } from "./encode";
import { bestOfN } from "./formulas/best-of-n";
import { generationBytes, longestOf } from "./memory";
import { requireLanguageHead } from "./reward-model";
import type { RewardSource } from "./reward-source";
import { checkPrompts, type PromptRow } from "./rollout";
import { type RunOptions, requireSameRun, type Step, stopIfAborted } from "./step";

export interface BestOfNRun extends RunOptions {
  readonly source: RewardSource;
  /** What the source is told of each prompt. */
  readonly labels?: readonly (string | null)[];
  /** Whether an answer that ended is right, where a program can tell; it picks nothing. */
  readonly isRight?: (prompt: string, completion: string) => boolean;
}

/** Of every prompt so far, the scores and (where known) the truth of its answers: [prompts, completions]. */
interface Table {
  readonly scores: number[];
  readonly right: number[];
}

/**
 * Samples answers, scores them, and tells after every few prompts what keeping the best of n would give:
 * the mean over prompts of the expected score of the best of n, by all draws of n from the N there are
 * (no noise of drawing), with its standard error. An answer depends on the seed and its place alone, so a
 * run that goes on ends with the same numbers.
 * @throws AppError bad-input for prompts that are empty or too long
 */
export async function* measureBestOfN(
  policy: TextModel,
  prompts: readonly string[],
  options: BestOfNOptions,
  run: BestOfNRun,
): AsyncGenerator<Step, void> {
  const config = parseConfig(bestOfNConfig, options, "best-of-n");
  requireLanguageHead(policy);
  const chosen = prompts.slice(0, config.prompts);
  if (chosen.length === 0)
    throw new AppError("bad-input", "there are no prompts to answer; give at least one");
  const ids = await encodePrompts(policy, chosen);
  const rows = chosen.map((prompt, i) => ({
    prompt,
    label: run.labels?.[i] ?? null,
    ids: ids[i],
  }));
  checkPrompts(rows, policy.config.context);
  const totalSteps = Math.ceil(rows.length / config.promptsPerStep);
  const { table, step: before } = restored(run, config);
  const length = Math.min(policy.config.context, longestOf(rows) + config.maxNewTokens);
  run.planned?.(generationBytes(policy.config, config.promptsPerStep * config.completions, length));
  const generator = await createGenerator(policy, run);
  try {
    for (let step = before + 1; step <= totalSteps; step++) {
      stopIfAborted(run.signal, "best-of-n", step - 1);
      const at = (step - 1) * config.promptsPerStep;
      const part = rows.slice(at, at + config.promptsPerStep);
      const begun = performance.now();
      const tokens = await answerAll(generator, policy, { part, at, config, run, table });
      const seconds = (performance.now() - begun) / 1000;
      yield {
        step,
        totalSteps,
        metrics: { ...bestOfTable(table, config.completions), tokens_per_second: tokens / seconds },
        state: () => ({
          step,
          tensors: new Map(),
          json: { kind: "best-of-n", config, optimizerSteps: {}, answers: table },
        }),
      };
    }
  } finally {
    await generator.dispose();
  }
}

/** Answers some prompts and adds them to the table. @returns tokens written */
async function answerAll(
  generator: Generator,
  { config: { context }, tokenizer }: TextModel,
  work: { part: PromptRow[]; at: number; config: BestOfNConfig; run: BestOfNRun; table: Table },
): Promise<number> {
  const { part, at, config, run, table } = work;
  const random = new Random(config.seed).fork("best of n");
  const asked = part.flatMap((row, i) =>
    Array.from({ length: config.completions }, (_, n) => ({
      row,
      seed: random
        .fork(`prompt ${at + i}`)
        .fork(`completion ${n}`)
        .bits(),
    })),
  );
  const made = await generator.generate(
    asked.map(({ row, seed }) => ({
      ids: row.ids,
      seed,
      maxNewTokens: Math.min(config.maxNewTokens, context - row.ids.length),
      temperature: config.temperature,
    })),
    { signal: run.signal },
  );
  const answers = made.map(({ ids, finish }, i) => {
    const { prompt, label, ids: before } = asked[i].row;
    const written = finish === "stop" ? ids.slice(0, -1) : ids;
    const completion = tokenizer.decodeAfter(before, written);
    return { prompt, label, completion, ids: [...before, ...ids] };
  });
  table.scores.push(...(await run.source.score(answers, run.signal)));
  if (run.isRight) {
    const right = answers.map(
      ({ prompt, completion }, i) => made[i].finish === "stop" && run.isRight!(prompt, completion),
    );
    table.right.push(...right.map(Number));
  }
  return made.reduce((sum, { ids }) => sum + ids.length, 0);
}

/** The metrics of the answers so far. @param samples answers to each prompt */
function bestOfTable({ scores, right }: Table, samples: number): Record<string, number> {
  const count = scores.length / samples;
  const metrics: Record<string, number> = { prompts: count };
  for (const n of bestOfSizes(samples)) {
    const names = bestOfMetrics(n);
    const [mean, error] = meanOfBest(scores, scores, { samples, n });
    Object.assign(metrics, { [names.score]: mean, [names.scoreError]: error });
    if (right.length !== scores.length) continue;
    const [exact, exactError] = meanOfBest(scores, right, { samples, n });
    Object.assign(metrics, { [names.exact]: exact, [names.exactError]: exactError });
  }
  return metrics;
}

/** Over prompts, the mean of what the best-scored of n has, and its standard error (0 of one prompt). */
function meanOfBest(
  scores: readonly number[],
  values: readonly number[],
  { samples, n }: { samples: number; n: number },
): [mean: number, error: number] {
  const each: number[] = [];
  for (let at = 0; at < scores.length; at += samples)
    each.push(
      bestOfN(
        Array.from({ length: samples }, (_, i) => ({
          score: scores[at + i],
          value: values[at + i],
        })),
        n,
      ),
    );
  const mean = each.reduce((sum, x) => sum + x, 0) / each.length;
  const squares = each.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  const variance = each.length < 2 ? 0 : squares / (each.length - 1);
  return [mean, Math.sqrt(variance / each.length)];
}

function restored({ resume }: BestOfNRun, config: BestOfNConfig): { table: Table; step: number } {
  if (!resume) return { table: { scores: [], right: [] }, step: 0 };
  requireSameRun(resume, "best-of-n", config, bestOfNConfig);
  const { scores = [], right = [] } = resume.json.answers ?? {};
  return { table: { scores: [...scores], right: [...right] }, step: resume.step };
}

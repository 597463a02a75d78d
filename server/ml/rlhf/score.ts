import { decoderAt, normalised, scores } from "../nn/decoder";
import { sequenceInputs } from "../nn/inputs";
import { padBatch } from "../nn/batch";
import { int32 } from "../runtime/feeds";
import { compileInference } from "../runtime/inference";
import type { SessionOptions } from "../runtime/session";
import { intVector } from "../runtime/values";
import { paddingMultiple, passesByLength, scoredToken } from "./batch";
import type { SftExample, TextModel } from "./data";
import { encodePairs, type LengthRules } from "./encode";
import { combineScores, type EnsembleRule } from "./formulas/scores";
import { requireScoreHead } from "./reward-model";

export interface ScoreOptions extends SessionOptions {
  tokensPerPass?: number;
  /** How an ensemble's scores become one; default mean. */
  ensemble?: EnsembleRule;
  /** λ of "uwo". */
  lambda?: number;
}

/** Gives scores to rows of token ids, as the reward model's weights are at the time. */
export interface Scorer {
  /** Normalised scores, one a row, read at its last real token (scoredToken). */
  scoreIds(rows: readonly (readonly number[])[]): Promise<number[]>;
  dispose(): Promise<void>;
}

/** A reward model made runnable; several make an ensemble, normalised each before they are combined. */
export async function createScorer(
  models: readonly TextModel[],
  options: ScoreOptions = {},
): Promise<Scorer> {
  const { ensemble = "mean", lambda = 0 } = options;
  const members = await Promise.all(models.map((model) => compileScorer(model, options)));
  return {
    async scoreIds(rows) {
      const each: number[][] = [];
      for (const member of members) each.push(await member.scoreIds(rows));
      return rows.map((_, i) =>
        combineScores(
          each.map((scores) => scores[i]),
          ensemble,
          lambda,
        ),
      );
    },
    async dispose() {
      for (const member of members) await member.dispose();
    },
  };
}

async function compileScorer(model: TextModel, options: ScoreOptions): Promise<Scorer> {
  requireScoreHead(model);
  const { tokensPerPass = 16_384, provider, threads } = options;
  const { config, weights } = model;
  const program = await compileInference({
    provider,
    threads,
    weights,
    inputs: { ...sequenceInputs, rows: int32("sequences") },
    build: ({ inputs, params }) => {
      const last = decoderAt(config, params, inputs, inputs.rows);
      return { scores: normalised(config, scores(params, last)) };
    },
  });
  return {
    async scoreIds(rows) {
      const result = Array.from<number>({ length: rows.length });
      const items = rows.map((ids, index) => ({ ids, index }));
      for (const pass of passesByLength(items, tokensPerPass)) {
        const { at, ...batch } = padBatch(
          pass.map(({ ids }) => ids),
          { padId: config.padId ?? 0, multiple: paddingMultiple(pass[0].ids.length) },
        );
        const last = pass.map(({ ids }, b) => at(b, scoredToken(ids, config.padId)));
        const { scores } = await program.run({ ...batch, rows: intVector(last) });
        pass.forEach(({ index }, b) => (result[index] = Number(scores.data[b])));
      }
      return result;
    },
    dispose: () => program.dispose(),
  };
}

/**
 * Scores of completions by one reward model or an ensemble, normalised as their config.json says.
 * @returns one a pair, null where it is too long and `overlong` is "drop"
 */
export async function scoreCompletions(
  models: TextModel | readonly TextModel[],
  pairs: readonly SftExample[],
  options: ScoreOptions & Partial<LengthRules> = {},
): Promise<(number | null)[]> {
  const members = Array.isArray(models) ? (models as readonly TextModel[]) : [models as TextModel];
  const { maxLength = null, overlong = "error" } = options;
  const rows = await encodePairs(
    members[0],
    pairs,
    { maxLength, overlong },
    (i) => `completion ${i + 1}`,
  );
  const scorer = await createScorer(members, options);
  try {
    // one text may stand in many rankings: it is scored once
    const names = rows.map((row) => row && row.ids.join(" "));
    const distinct = new Map(rows.flatMap((row, i) => (row ? [[names[i]!, row.ids]] : [])));
    const scores = await scorer.scoreIds([...distinct.values()]);
    const byName = new Map([...distinct.keys()].map((name, i) => [name, scores[i]]));
    return names.map((name) => (name === null ? null : byName.get(name)!));
  } finally {
    await scorer.dispose();
  }
}

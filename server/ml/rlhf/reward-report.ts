import { Random } from "../runtime/random";
import { AppError } from "../../domain/app-error";
import { checkRanking, type RankedExample, type SftExample, type TextModel } from "./data";
import {
  accuracy,
  bootstrapInterval,
  lengthBaseline,
  type PromptPairs,
  rankedRight,
} from "./formulas/accuracy";
import { brier, calibration, type ReliabilityBin } from "./formulas/calibration";
import { sigmoid } from "./formulas/numbers";
import { mean, variance } from "./formulas/rows";
import {
  type Breakdown,
  breakdown,
  judgedPairs,
  type LabelerAgreement,
  labelerAgreement,
} from "./reward-breakdown";
import type { RewardConfig } from "./reward-config";
import { requireScoreHead } from "./reward-model";
import { scoreCompletions, type ScoreOptions } from "./score";
import type { LengthRules } from "./encode";

/** How well a reward model orders completions as people did. */
export interface RewardReport extends Breakdown {
  prompts: number;
  pairs: number;
  /** Share of pairs ordered as ranked; equal scores count one half. */
  accuracy: number;
  /** 95 %, bootstrap over prompts. */
  accuracyInterval: [low: number, high: number];
  /** Expected calibration error of P(chosen) by confidence, ten bins on [0.5, 1]. */
  ece: number;
  reliability: ReliabilityBin[];
  brier: number;
  /** Share of pairs that "longer wins" orders right, by characters: what to beat. */
  lengthBaseline: number;
  lengthBaselineInterval: [low: number, high: number];
  /** The ceiling; null where no two labelers ranked the same completions. */
  labelers: LabelerAgreement | null;
}

/** Mistakes of either kind that a report shows. */
const MISTAKES = 5;

/** @param scores of each ranking's completions; differences in nats, before any scaling */
export function reportRewards(
  data: readonly RankedExample[],
  scores: readonly (readonly number[])[],
  seed = 0,
): RewardReport {
  const byPrompt = new Map<string, { model: PromptPairs; length: PromptPairs }>();
  const pairs = judgedPairs(data, scores);
  data.forEach(({ prompt, completions, groups }, i) => {
    const entry = byPrompt.get(prompt) ?? {
      model: { right: 0, pairs: 0 },
      length: { right: 0, pairs: 0 },
    };
    byPrompt.set(prompt, entry);
    addTo(entry.model, rankedRight(scores[i], groups));
    addTo(entry.length, rankedRight(lengthsOf(completions), groups));
  });
  const prompts = [...byPrompt.values()].filter(({ model }) => model.pairs > 0);
  if (prompts.length === 0)
    throw new AppError(
      "bad-input",
      "no ranking orders two completions: there is nothing to compare with",
    );
  const models = prompts.map(({ model }) => model);
  const lengths = prompts.map(({ length }) => length);
  const predicted = pairs.map(({ margin }) => sigmoid(margin));
  const outcome = predicted.map(() => 1);
  const { ece, bins } = calibration(predicted, outcome, { convention: "confidence" });
  const interval = (rows: readonly PromptPairs[], name: string) => {
    const random = new Random(seed).fork("bootstrap").fork(name);
    return bootstrapInterval(rows, accuracy, () => random.uniform());
  };
  return {
    prompts: prompts.length,
    pairs: predicted.length,
    accuracy: accuracy(models),
    accuracyInterval: interval(models, "model"),
    ece,
    reliability: bins,
    brier: brier(predicted, outcome),
    lengthBaseline: lengthBaseline(
      data.map(({ completions, groups }) => ({ lengths: lengthsOf(completions), groups })),
    ),
    lengthBaselineInterval: interval(lengths, "length"),
    labelers: labelerAgreement(data, new Random(seed).fork("bootstrap").fork("labelers")),
    ...breakdown(pairs, new Random(seed).fork("bootstrap"), MISTAKES),
  };
}

const lengthsOf = (completions: readonly string[]): number[] =>
  completions.map((text) => text.length);

function addTo(total: PromptPairs, { right, pairs }: PromptPairs): void {
  total.right += right;
  total.pairs += pairs;
}

export interface RewardEvaluationOptions extends ScoreOptions, Partial<LengthRules> {
  seed?: number;
}

/** Scores held-out rankings by a reward model or an ensemble, and reports. Rankings with a completion too long are left out under "drop". */
export async function evaluateReward(
  models: TextModel | readonly TextModel[],
  data: readonly RankedExample[],
  options: RewardEvaluationOptions = {},
): Promise<RewardReport> {
  const members = Array.isArray(models) ? (models as readonly TextModel[]) : [models as TextModel];
  for (const member of members) requireScoreHead(member);
  data.forEach(checkRanking);
  const flat = data.flatMap(({ prompt, completions }) =>
    completions.map((completion) => ({ prompt, completion })),
  );
  const scores = await scoreCompletions(members, flat, options);
  // probabilities are of scores as trained; an ensemble's are a mean of its members', each on its own scale
  const scale = mean([members.map(({ config }) => config.reward?.std ?? 1)]);
  let next = 0;
  const rows = data.map(({ completions }) => scores.slice(next, (next += completions.length)));
  const kept = data.flatMap((ranking, i) =>
    rows[i].includes(null) ? [] : [{ ranking, scores: rows[i].map((s) => s! * scale) }],
  );
  return reportRewards(
    kept.map(({ ranking }) => ranking),
    kept.map(({ scores }) => scores),
    options.seed,
  );
}

/**
 * The same reward model with its normalisation set, so that the references have mean 0 (and standard
 * deviation 1). Weights are shared, not changed; config.json keeps the two numbers.
 * @param references demonstrations, or completions that the rankings are of
 */
export async function normaliseReward(
  model: TextModel,
  references: readonly SftExample[],
  { normalise, ...options }: Pick<RewardConfig, "normalise"> & RewardEvaluationOptions,
): Promise<TextModel> {
  const { reward: _, ...config } = model.config;
  const raw: TextModel = { ...model, config };
  if (normalise === "none" || references.length === 0) return raw;
  const scores = (await scoreCompletions(raw, references, options)).filter((s) => s !== null);
  const std = normalise === "shift" ? 1 : Math.sqrt(variance([scores])) || 1;
  return { ...raw, config: { ...config, reward: { mean: mean([scores]), std } } };
}

import type { Random } from "../runtime/random";
import type { RankedExample } from "./data";
import { accuracy, bootstrapInterval, type PromptPairs } from "./formulas/accuracy";
import { impliedPairs } from "./formulas/kwise";

/** One comparison by people, and what the model said of it. */
export interface JudgedPair {
  prompt: string;
  chosen: string;
  rejected: string;
  /** r_w − r_l as trained, nats: below 0 the model is wrong. */
  margin: number;
  labelerGroup: string | null;
}

/** Accuracy on a part of the pairs. */
export interface PartAccuracy {
  part: string;
  pairs: number;
  /** Null when there are none. */
  accuracy: number | null;
  /** 95 %, bootstrap over prompts. */
  interval: [low: number, high: number] | null;
}

/** How often labelers agree with each other: no model can be expected to do better. */
export interface LabelerAgreement {
  /** Share of pairs ordered by both of two labelers that they order alike. */
  agreement: number;
  interval: [low: number, high: number];
  pairs: number;
  prompts: number;
}

export interface Breakdown {
  /** By how far apart the model has them. */
  byMargin: PartAccuracy[];
  /** By how far the longer is from the shorter, as a share of the longer, in characters. */
  byLengthDifference: PartAccuracy[];
  /** Where the longer one was preferred, and where the shorter. */
  byLonger: PartAccuracy[];
  /** Pairs whose lengths differ by less than 10 %: length says nothing there. */
  alikeInLength: PartAccuracy;
  /** Empty where no row says its labeler's group. */
  byLabelerGroup: PartAccuracy[];
  /** Wrong and surest of it. */
  worstMistakes: JudgedPair[];
  /** Wrong, but barely. */
  nearestMistakes: JudgedPair[];
}

/** Every pair that the rankings imply, with the model's margin. @param scores of each ranking's completions */
export function judgedPairs(
  data: readonly RankedExample[],
  scores: readonly (readonly number[])[],
): JudgedPair[] {
  return data.flatMap(({ prompt, completions, groups, labelerGroup = null }, i) =>
    impliedPairs(groups).map(({ chosen, rejected }) => ({
      prompt,
      chosen: completions[chosen],
      rejected: completions[rejected],
      margin: scores[i][chosen] - scores[i][rejected],
      labelerGroup,
    })),
  );
}

const MARGINS = [0, 0.25, 0.5, 1, 2, Infinity];
const DIFFERENCES = [0, 0.1, 0.25, 0.5, 1];

/** Accuracy by parts of the pairs, and what was got wrong. @param mistakes of either kind, at most */
export function breakdown(
  pairs: readonly JudgedPair[],
  random: Random,
  mistakes: number,
): Breakdown {
  const part = (name: string, is: (pair: JudgedPair) => boolean) =>
    partAccuracy(name, pairs.filter(is), random.fork(name));
  const bands = (edges: readonly number[], name: (from: number, to: number) => string) =>
    edges
      .slice(0, -1)
      .map((from, i) => ({ from, to: edges[i + 1], name: name(from, edges[i + 1]) }));
  const groups = [...new Set(pairs.map(({ labelerGroup }) => labelerGroup))];
  const known = groups.filter((group) => group !== null).toSorted();
  const percent = (x: number) => `${Math.round(100 * x)}`;
  const wrong = pairs.filter(({ margin }) => margin < 0).toSorted((a, b) => a.margin - b.margin);
  return {
    byMargin: bands(MARGINS, (from, to) =>
      to === Infinity ? `${from} nats and more` : `${from} to ${to} nats`,
    ).map(({ from, to, name }) =>
      part(name, ({ margin }) => Math.abs(margin) >= from && Math.abs(margin) < to),
    ),
    byLengthDifference: bands(
      DIFFERENCES,
      (from, to) => `${percent(from)} to ${percent(to)} %`,
    ).map(({ from, to, name }) =>
      part(name, (pair) => {
        const difference = lengthDifference(pair);
        return difference >= from && (difference < to || (to === 1 && difference === 1));
      }),
    ),
    byLonger: [
      part("longer preferred", ({ chosen, rejected }) => chosen.length > rejected.length),
      part("shorter preferred", ({ chosen, rejected }) => chosen.length < rejected.length),
    ],
    alikeInLength: part("lengths within 10 %", (pair) => lengthDifference(pair) < 0.1),
    byLabelerGroup: known.map((group) => part(group, (pair) => pair.labelerGroup === group)),
    worstMistakes: wrong.slice(0, mistakes),
    nearestMistakes: wrong.toReversed().slice(0, mistakes),
  };
}

/** |a − b| as a share of the longer; 0 when both are empty. */
function lengthDifference({ chosen, rejected }: JudgedPair): number {
  const longest = Math.max(chosen.length, rejected.length);
  return longest === 0 ? 0 : Math.abs(chosen.length - rejected.length) / longest;
}

function partAccuracy(part: string, pairs: readonly JudgedPair[], random: Random): PartAccuracy {
  if (pairs.length === 0) return { part, pairs: 0, accuracy: null, interval: null };
  const prompts = new Map<string, PromptPairs>();
  for (const { prompt, margin } of pairs)
    addPair(prompts, prompt, margin > 0 ? 1 : margin === 0 ? 0.5 : 0);
  const rows = [...prompts.values()];
  return {
    part,
    pairs: pairs.length,
    accuracy: accuracy(rows),
    interval: bootstrapInterval(rows, accuracy, () => random.uniform()),
  };
}

function addPair(prompts: Map<string, PromptPairs>, prompt: string, right: number): void {
  const entry = prompts.get(prompt) ?? { right: 0, pairs: 0 };
  entry.right += right;
  entry.pairs += 1;
  prompts.set(prompt, entry);
}

/**
 * Agreement of labelers who ranked the same completions of a prompt, over the pairs that both order.
 * Rows that name no labeler count as of different ones.
 * @returns null where no pair was ordered twice
 */
export function labelerAgreement(
  data: readonly RankedExample[],
  random: Random,
): LabelerAgreement | null {
  const byPrompt = new Map<string, RankedExample[]>();
  for (const row of data) byPrompt.set(row.prompt, [...(byPrompt.get(row.prompt) ?? []), row]);
  const prompts = new Map<string, PromptPairs>();
  for (const [prompt, rows] of byPrompt) {
    const orders = rows.map((row) => ({ labeler: row.labeler, order: orderOf(row) }));
    orders.forEach((a, i) => {
      for (const b of orders.slice(i + 1)) {
        if (a.labeler !== undefined && a.labeler === b.labeler) continue;
        for (const pair of a.order) {
          const [chosen, rejected] = JSON.parse(pair) as [string, string];
          if (b.order.has(pair)) addPair(prompts, prompt, 1);
          else if (b.order.has(JSON.stringify([rejected, chosen]))) addPair(prompts, prompt, 0);
        }
      }
    });
  }
  const rows = [...prompts.values()];
  if (rows.length === 0) return null;
  return {
    agreement: accuracy(rows),
    interval: bootstrapInterval(rows, accuracy, () => random.uniform()),
    pairs: rows.reduce((n, { pairs }) => n + pairs, 0),
    prompts: rows.length,
  };
}

/** The ordered pairs of a ranking, by their texts. */
function orderOf({ completions, groups }: RankedExample): Set<string> {
  return new Set(
    impliedPairs(groups).map(({ chosen, rejected }) =>
      JSON.stringify([completions[chosen], completions[rejected]]),
    ),
  );
}

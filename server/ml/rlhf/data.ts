import { AppError } from "../../domain/app-error";
import type { Model } from "../nn/model";
import type { Tokenizer } from "../text/tokenizer";

/** A model with the tokenizer that its vocabulary is. */
export interface TextModel extends Model {
  tokenizer: Tokenizer;
}

/** What to answer, and an answer. The two are encoded apart; eos is added at the end. */
export interface SftExample {
  prompt: string;
  completion: string;
}

/** One labeler's ranking of the completions of one prompt. */
export interface RankedExample {
  prompt: string;
  completions: readonly string[];
  /** Indices of completions, best tie group first; completions in no group imply no pair. */
  groups: readonly (readonly number[])[];
  notRankable?: readonly number[];
  /** Of the labeler; 1 when left out. */
  weight?: number;
  /** How much better the better ones are, m of −log σ(r_w − r_l − m); the config's when left out. */
  margin?: number;
  /** Who ranked: for agreement between labelers. */
  labeler?: string;
  /** Of labelers (a language, an expertise): accuracy is reported for each. */
  labelerGroup?: string;
}

/** @throws bad-input for what no reward model can learn from, naming the ranking (from 1) */
export function checkRanking(example: RankedExample, index: number): void {
  const { completions, groups, notRankable = [], weight = 1 } = example;
  const fail = (what: string) => {
    throw new AppError("bad-input", `ranking ${index + 1}: ${what}`);
  };
  const k = completions.length;
  if (k < 2 || k > 9) fail(`it has ${k} completion${k === 1 ? "" : "s"}; a ranking needs 2 to 9`);
  if (new Set(completions).size < k)
    fail("two of its completions are the same text; keep one of them");
  const named = [...groups.flat(), ...notRankable];
  const unknown = named.find((i) => !Number.isInteger(i) || i < 0 || i >= k);
  if (unknown !== undefined)
    fail(`it names completion ${unknown}, but its completions are 0 to ${k - 1}`);
  const twice = named.find((i, at) => named.indexOf(i) !== at);
  if (twice !== undefined) fail(`it names completion ${twice} twice; name each at most once`);
  if (!(weight >= 0) || !Number.isFinite(weight))
    fail(`its weight is ${weight}; weights are 0 or more`);
}

import { hash32 } from "./sorter/random";

/** What of an SFT run's options asks for a loss on what is not learnt from. */
interface Measuring {
  readonly evaluateEvery?: unknown;
  readonly keepBest?: unknown;
  readonly patience?: unknown;
}

export const measuresItself = ({ evaluateEvery, keepBest, patience }: Measuring): boolean =>
  typeof evaluateEvery === "number" || keepBest === true || typeof patience === "number";

/** Of so many prompts with demonstrations one is held out: one at least, where there are two. */
const oneOf = 10;

/**
 * Demonstrations that an SFT run learns from, and those that measure it in its course: of held-out prompts, which nothing
 * ever learns from, and where the run's options ask for it of a tenth of the others, drawn by the run's seed.
 */
export function splitDemonstrations<Row extends { prompt: string; split: "train" | "heldout" }>(
  rows: readonly Row[],
  options: Measuring,
  seed: number,
): { train: Row[]; heldout: Row[] } {
  const learnable = rows.filter(({ split }) => split === "train");
  const place = (prompt: string) => hash32(`${seed} ${prompt}`);
  const prompts = [...new Set(learnable.map(({ prompt }) => prompt))].sort(
    (a, b) => place(a) - place(b) || (a < b ? -1 : 1),
  );
  const measures = measuresItself(options) && prompts.length > 1;
  const out = new Set(
    measures ? prompts.slice(0, Math.max(1, Math.floor(prompts.length / oneOf))) : [],
  );
  const isOut = ({ prompt, split }: Row) => split === "heldout" || out.has(prompt);
  return { train: rows.filter((row) => !isOut(row)), heldout: rows.filter(isOut) };
}

/** Fewer demonstrations set a zero that the next one would move; more move it no further. */
const fewest = 20;
const most = 500;

/**
 * What sets a reward model's zero: people's own answers score 0 in the mean (Ouyang et al. 2022, "Training language
 * models to follow instructions with human feedback", 3.5). @returns null where they are too few: then it is what was
 * ranked
 */
export const referencesAmong = <Row>(demonstrations: readonly Row[]): Row[] | null =>
  demonstrations.length < fewest ? null : demonstrations.slice(0, most);

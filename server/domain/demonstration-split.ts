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
 * Demonstrations that an SFT run learns from, and those that measure it in its course where its options ask for that:
 * of a tenth of the prompts, drawn by the run's seed. Without such options it learns from all.
 */
export function splitDemonstrations<Row extends { prompt: string }>(
  rows: readonly Row[],
  options: Measuring,
  seed: number,
): { train: Row[]; heldout: Row[] } {
  const prompts = [...new Set(rows.map(({ prompt }) => prompt))];
  if (!measuresItself(options) || prompts.length < 2) return { train: [...rows], heldout: [] };
  const place = (prompt: string) => hash32(`${seed} ${prompt}`);
  const drawn = prompts.sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
  const out = new Set(drawn.slice(0, Math.max(1, Math.floor(prompts.length / oneOf))));
  return {
    train: rows.filter(({ prompt }) => !out.has(prompt)),
    heldout: rows.filter(({ prompt }) => out.has(prompt)),
  };
}

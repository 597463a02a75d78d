/** What crowd-BT found of a labeler. */
export interface Reliability {
  /** η: 1 = always says what they see, ½ = guesses */
  readonly reliability: number;
  readonly comparisons: number;
}

/** Of fewer comparisons with others nothing is concluded. */
const fewest = 30;

/**
 * What a labeler's rankings weigh in reward training: 2η − 1, which is what one of their comparisons
 * tells beyond a guess, held against the most reliable labeler's. Whoever shares too few tasks weighs
 * as much as the others do on the whole, and everybody weighs 1 where nobody shares enough.
 * @returns weight by labeler, 0 to 1
 */
export function labelerWeights(
  known: ReadonlyMap<string, Reliability>,
): (labeler: string) => number {
  const measured = new Map(
    [...known].flatMap(([labeler, { reliability, comparisons }]): [string, number][] =>
      comparisons < fewest ? [] : [[labeler, Math.max(0, 2 * reliability - 1)]],
    ),
  );
  const all = [...measured.values()];
  const best = Math.max(0, ...all);
  if (best === 0) return () => 1;
  const usual = all.reduce((sum, weight) => sum + weight, 0) / all.length;
  return (labeler) => (measured.get(labeler) ?? usual) / best;
}

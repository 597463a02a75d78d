/**
 * Whether the task that a round makes next shows the old policy's answers too. Spread evenly, and a matter
 * of its place alone: after so many tasks there are floor(n · share) such ones, however often it was begun.
 * @param made tasks that the round has already
 */
export const isCalibration = (made: number, share: number): boolean =>
  Math.floor((made + 1) * share + 1e-9) > Math.floor(made * share + 1e-9);

/**
 * The answers of a calibration task: half of each policy's, the odd one the new policy's, and more of the
 * new where the old has nothing else to say.
 * @param readsAs whether a labeler would see the same text twice
 */
export function mixAnswers<A>(
  fresh: readonly A[],
  old: readonly A[],
  count: number,
  readsAs: (a: A, b: A) => boolean,
): A[] {
  const different = old.filter((one) => !fresh.some((other) => readsAs(one, other)));
  const ofOld = different.slice(0, Math.floor(count / 2));
  return [...fresh.slice(0, count - ofOld.length), ...ofOld];
}

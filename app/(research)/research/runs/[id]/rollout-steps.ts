/** A list of choices that can still be read. */
const most = 60;

/** The steps that a list offers, newest first: all, or evenly some of them, and always the one shown. */
export function choicesOf(steps: readonly number[], shown: number): number[] {
  const every = Math.ceil(steps.length / most);
  return steps.filter((step, i) => i % every === 0 || step === shown || i === steps.length - 1);
}

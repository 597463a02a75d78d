import { signTest } from "../statistics/exact";
import type { LabeledTask } from "./labeled-task";

export interface Speed {
  readonly medianSeconds: number | null;
  /** median over tasks of own seconds / median seconds of the others: 0.5 = twice as fast */
  readonly ratio: number | null;
  /** sign test of quicker than the others' median against slower, two-sided */
  readonly p: number | null;
  /** share of tasks done in less time than reading their completions takes */
  readonly tooFast: number | null;
  readonly n: number;
}

export interface TimedTask {
  readonly own: LabeledTask;
  /** seconds that each of the others spent on the same task */
  readonly otherSeconds: readonly number[];
}

/**
 * How fast a labeler works.
 * @param charactersPerSecond that nobody reads faster than; 60 is some 600 English words a minute
 */
export function speed(tasks: readonly TimedTask[], charactersPerSecond = 60): Speed {
  const ratios = tasks.flatMap(({ own, otherSeconds }) => {
    const others = median(otherSeconds);
    return others === null || others === 0 ? [] : [own.seconds / others];
  });
  const quicker = ratios.filter((ratio) => ratio < 1).length;
  const slower = ratios.filter((ratio) => ratio > 1).length;
  const tooFast = tasks.filter(({ own }) => {
    const characters = own.lengths.reduce((a, b) => a + b, 0);
    return own.seconds < characters / charactersPerSecond;
  });
  return {
    medianSeconds: median(tasks.map(({ own }) => own.seconds)),
    ratio: median(ratios),
    p: quicker + slower === 0 ? null : signTest(quicker, quicker + slower),
    tooFast: tasks.length === 0 ? null : tooFast.length / tasks.length,
    n: tasks.length,
  };
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

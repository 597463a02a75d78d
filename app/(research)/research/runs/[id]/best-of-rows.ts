/** What keeping the best of n answers gives; errors are standard errors over prompts. */
export interface BestOfRow {
  readonly n: number;
  /** From the policy, nats. */
  readonly kl: number;
  readonly score: number;
  readonly scoreError: number;
  /** Share of right answers; null where no program can tell. */
  readonly exact: number | null;
  readonly exactError: number;
}

/** KL of the best of n from the policy that is sampled: log n − (n − 1)/n, nats. */
const klOf = (n: number): number => Math.log(n) - (n - 1) / n;

/** The rows that a run has measured, by n. @param values its newest metrics */
export function bestOfRows(values: Readonly<Record<string, number>>): BestOfRow[] {
  const sizes = Object.keys(values).flatMap((name) => {
    const n = /^best_of_(\d+)\/score$/.exec(name)?.[1];
    return n === undefined ? [] : [Number(n)];
  });
  return sizes
    .toSorted((a, b) => a - b)
    .map((n) => {
      const of = (name: string): number | undefined => values[`best_of_${n}/${name}`];
      return {
        n,
        kl: klOf(n),
        score: of("score") ?? 0,
        scoreError: of("score_error") ?? 0,
        exact: of("exact") ?? null,
        exactError: of("exact_error") ?? 0,
      };
    });
}

/** Whether the truth falls by more than chance where the score rises: the reward is gamed. */
export function isGamed(rows: readonly BestOfRow[]): boolean {
  const [first] = rows;
  const last = rows.at(-1);
  if (!first || !last || first.exact === null || last.exact === null) return false;
  const noise = 2 * Math.hypot(first.exactError, last.exactError);
  return last.score > first.score && last.exact < first.exact - noise;
}

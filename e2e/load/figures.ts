/** What is measured: milliseconds of one kind of call, every one of them kept. */
export class Latencies {
  private readonly all: { at: number; ms: number }[] = [];

  add(at: number, ms: number): void {
    this.all.push({ at, ms });
  }

  /** @param counts says by the moment a call was sent whether it is in */
  summary(counts: (at: number) => boolean = () => true): LatencySummary | null {
    const ms = this.all.flatMap((one) => (counts(one.at) ? one.ms : [])).sort((a, b) => a - b);
    if (ms.length === 0) return null;
    return {
      calls: ms.length,
      p50: quantile(ms, 0.5),
      p95: quantile(ms, 0.95),
      p99: quantile(ms, 0.99),
      max: ms[ms.length - 1],
    };
  }
}

export interface LatencySummary {
  readonly calls: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** The smallest value that at least the share `q` of all does not exceed. @param sorted rising, not empty */
export function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)];
}

const widths = [10, 8, 9, 9, 9, 9];

/** A head, and a line for each: how often, and the milliseconds that it took. */
export function latencyTable(
  rows: readonly (readonly [string, LatencySummary | null])[],
): string[] {
  const first = Math.max(widths[0], ...rows.map(([name]) => name.length));
  const lay = (cells: readonly string[]) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(first) : cell.padStart(widths[i]))).join("  ");
  return [
    lay(["ms", "calls", "p50", "p95", "p99", "max"]),
    ...rows.map(([name, figures]) => {
      if (!figures) return lay([name, "0", "–", "–", "–", "–"]);
      const { calls, p50, p95, p99, max } = figures;
      return lay([name, String(calls), ...[p50, p95, p99, max].map((value) => value.toFixed(1))]);
    }),
  ];
}

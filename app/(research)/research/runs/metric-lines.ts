import type { Outputs } from "@/app/lib/trpc";
import type { ChartPoint } from "@/app/ui/chart-data";

export type MetricRow = Outputs["runs"]["metrics"]["rows"][number];

/**
 * Each measurement's line, from the steps that hold it.
 * @param startExact truth of the model that the run starts from: what its own measurements are to be
 *   compared with, since the first of them comes after the first update
 */
export function linesOf(
  rows: readonly MetricRow[],
  startExact: number | null,
): Map<string, ChartPoint[]> {
  const lines = new Map<string, ChartPoint[]>();
  for (const { step, values } of rows)
    for (const [name, y] of Object.entries(values)) {
      const line = lines.get(name) ?? [];
      line.push({ x: step, y });
      lines.set(name, line);
    }
  const truth = lines.get("truth/exact");
  if (truth && startExact !== null && truth[0].x > 0) truth.unshift({ x: 0, y: startExact });
  return lines;
}

/** One x axis for all charts, so that a glance down the page stays at the same step. */
export function extentOf(
  lines: ReadonlyMap<string, readonly ChartPoint[]>,
): [number, number] | undefined {
  const ends = [...lines.values()].flatMap((line) => [line[0].x, line.at(-1)!.x]);
  if (ends.length === 0) return undefined;
  const low = Math.min(...ends);
  const high = Math.max(...ends);
  return low === high ? [Math.min(0, low), Math.max(1, high)] : [low, high];
}

/** One measured value. `low`…`high` is its 95 % interval, where it has one. */
export interface ChartPoint {
  readonly x: number;
  readonly y: number;
  readonly low?: number;
  readonly high?: number;
}

/** A line of a chart. `color` is any CSS colour; a custom property follows the theme by itself. */
export interface ChartSeries {
  readonly key: string;
  readonly label: string;
  readonly color: string;
  readonly points: readonly ChartPoint[];
}

/** A level to beat or to stay under, drawn across the panel and named on it. */
export interface ChartLevel {
  readonly y: number;
  readonly label: string;
}

/** How the values of a panel read: a share becomes a percentage. */
export type ChartFormat = "number" | "percent";

/** One y axis. Two quantities of different units are two panels above one another, never two axes. */
export interface ChartPanel {
  readonly label: string;
  readonly unit?: string;
  readonly format?: ChartFormat;
  readonly series: readonly ChartSeries[];
  readonly levels?: readonly ChartLevel[];
  /** Fixed ends of the y axis; without it the data decide. */
  readonly domain?: readonly [number, number];
}

/**
 * Exponential moving average that starts unbiased (the correction of Adam, Kingma & Ba 2014), so
 * that the first points of a smoothed line are not drawn towards zero. Intervals are left out: they
 * belong to the single measurement.
 * @param weight 0 = as measured … towards 1 = the mean of everything so far
 */
export function smooth(points: readonly ChartPoint[], weight: number): ChartPoint[] {
  if (weight <= 0) return [...points];
  let sum = 0;
  let norm = 0;
  const smoothed: ChartPoint[] = [];
  for (const { x, y } of points) {
    if (!Number.isFinite(y)) continue;
    sum = weight * sum + (1 - weight) * y;
    norm = weight * norm + (1 - weight);
    smoothed.push({ x, y: sum / norm });
  }
  return smoothed;
}

/** Points worth drawing: finite, and at most `limit` of them, keeping the extremes of each bin. */
export function thin(points: readonly ChartPoint[], limit: number): ChartPoint[] {
  const finite = points.filter((point) => Number.isFinite(point.y));
  if (finite.length <= limit) return finite;
  const bins = Math.max(1, Math.floor(limit / 2));
  const kept: ChartPoint[] = [];
  for (let bin = 0; bin < bins; bin++) {
    const from = Math.floor((bin * finite.length) / bins);
    const to = Math.floor(((bin + 1) * finite.length) / bins);
    let least = from;
    let most = from;
    for (let i = from; i < to; i++) {
      if (finite[i].y < finite[least].y) least = i;
      if (finite[i].y > finite[most].y) most = i;
    }
    const [first, second] = least < most ? [least, most] : [most, least];
    kept.push(finite[first]);
    if (second !== first) kept.push(finite[second]);
  }
  // The newest value is what a live chart is watched for.
  const last = finite.at(-1)!;
  if (kept.at(-1) !== last) kept.push(last);
  return kept;
}

/** The point of a line that is nearest to x, or null when the line has none. Points are in x order. */
export function nearest(points: readonly ChartPoint[], x: number): ChartPoint | null {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle].x < x) low = middle + 1;
    else high = middle;
  }
  const after = points[low];
  const before = points[low - 1];
  if (!after || !before) return after ?? before ?? null;
  return x - before.x <= after.x - x ? before : after;
}

/** Every x of the chart once, in order, with the value of each series there (null = not measured). */
export function tableOf(panels: readonly ChartPanel[]): { x: number; values: (number | null)[] }[] {
  const series = panels.flatMap((panel) => panel.series);
  const rows = new Map<number, (number | null)[]>();
  series.forEach((line, column) => {
    for (const point of line.points) {
      const row = rows.get(point.x) ?? series.map(() => null);
      row[column] = Number.isFinite(point.y) ? point.y : null;
      rows.set(point.x, row);
    }
  });
  return [...rows].sort(([a], [b]) => a - b).map(([x, values]) => ({ x, values }));
}

/** The chart's numbers as CSV (RFC 4180), full precision, one row per x, intervals as two columns. */
export function csvOf(xLabel: string, panels: readonly ChartPanel[]): string {
  const columns = panels.flatMap((panel) =>
    panel.series.flatMap((line) => {
      const byX = new Map(line.points.map((point) => [point.x, point]));
      const hasInterval = line.points.some((point) => point.low !== undefined);
      const value = { name: line.label, at: (x: number) => byX.get(x)?.y };
      return hasInterval
        ? [
            value,
            { name: `${line.label} (low)`, at: (x: number) => byX.get(x)?.low },
            { name: `${line.label} (high)`, at: (x: number) => byX.get(x)?.high },
          ]
        : [value];
    }),
  );
  const lines = [
    [xLabel, ...columns.map((column) => column.name)],
    ...tableOf(panels).map(({ x }) =>
      [String(x)].concat(columns.map((column) => column.at(x)?.toString() ?? "")),
    ),
  ];
  return lines.map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
}

function cell(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/**
 * Ends of a y axis that holds every value and level with a little air, so that a line does not run
 * along the frame. A flat line gets room around it instead of a division by zero.
 */
export function domainOf(panel: ChartPanel): [number, number] {
  if (panel.domain) return [panel.domain[0], panel.domain[1]];
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const see = (value: number | undefined) => {
    if (value === undefined || !Number.isFinite(value)) return;
    low = Math.min(low, value);
    high = Math.max(high, value);
  };
  for (const line of panel.series)
    for (const point of line.points) {
      see(point.y);
      see(point.low);
      see(point.high);
    }
  for (const level of panel.levels ?? []) see(level.y);
  if (low > high) return [0, 1];
  // Rounding is no movement: a constant that was averaged is still drawn as one.
  const flat = high - low <= 1e-9 * Math.max(Math.abs(low), Math.abs(high));
  const air = flat ? Math.abs(low) * 0.1 || 1 : (high - low) * 0.06;
  // what is never negative gets no negative axis
  return [low >= 0 ? Math.max(0, low - air) : low - air, high + air];
}

/**
 * Moves labels apart so that none covers another, each as near to its line's end as the order allows.
 * @param wanted pixel positions @returns positions in the same order, at least `gap` apart
 */
export function spread(
  wanted: readonly number[],
  gap: number,
  low: number,
  high: number,
): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b]);
  const placed = [...wanted];
  let floor = low;
  for (const i of order) {
    placed[i] = Math.max(placed[i], floor);
    floor = placed[i] + gap;
  }
  let ceiling = high;
  for (const i of order.reverse()) {
    placed[i] = Math.min(placed[i], ceiling);
    ceiling = placed[i] - gap;
  }
  return placed;
}

import type * as PlotModule from "@observablehq/plot";
import { type ChartFormat, type ChartPanel, domainOf, spread } from "./chart-data";

type Plot = typeof PlotModule;

/** Where a drawn panel put its data, so that a read-out can be laid over it. */
export interface Drawn {
  readonly svg: SVGElement;
  readonly left: number;
  readonly right: number;
  readonly xOf: (x: number) => number;
  readonly yOf: (y: number) => number;
  readonly invert: (pixel: number) => number;
}

export interface DrawOptions {
  readonly width: number;
  readonly height: number;
  readonly marginRight: number;
  readonly xDomain: readonly [number, number];
  /** Only the lowest panel of a figure carries the x axis's name. */
  readonly xLabel: string | null;
  readonly locale: string;
  /** Lines as measured, drawn faint behind their smoothed selves. */
  readonly raw?: ChartPanel;
}

const label = { size: 12, gap: 15, character: 6.6 };

/**
 * A value as the chart writes it: three significant digits, thousands grouped, shares in percent.
 * @param step distance between neighbours on an axis, which must not read the same
 */
export function formatValue(
  value: number,
  format: ChartFormat | undefined,
  locale: string,
  step?: number,
): string {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  const signDisplay = "negative" as const; // no "-0"
  const digits = step === undefined ? 3 : Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  if (format === "percent") {
    const maximumFractionDigits = step === undefined ? 1 : Math.max(0, digits - 2);
    const style = "percent" as const;
    return new Intl.NumberFormat(locale, { style, maximumFractionDigits, signDisplay }).format(
      value,
    );
  }
  if (size !== 0 && (size < 1e-3 || size >= 1e7))
    return new Intl.NumberFormat(locale, {
      notation: "scientific",
      maximumSignificantDigits: 3,
      signDisplay,
    })
      .format(value)
      .replace("E", "e");
  const precision =
    step !== undefined || size >= 1000
      ? { maximumFractionDigits: size >= 1000 ? 0 : digits }
      : { maximumSignificantDigits: 3 };
  return new Intl.NumberFormat(locale, { ...precision, signDisplay }).format(value);
}

/** A round number near to a quarter of the axis, as its ticks will be apart (1, 2 or 5 times 10ⁿ). */
function tickStep([low, high]: readonly [number, number], ticks: number): number {
  const rough = (high - low) / ticks || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const lead = rough / power;
  return power * (lead >= 7.07 ? 10 : lead >= 3.54 ? 5 : lead >= 1.41 ? 2 : 1);
}

/** What stands at the ends of a panel's lines: the newest value, with the line's name where there are several. */
function endsOf(panel: ChartPanel, locale: string) {
  return panel.series.flatMap((line) => {
    const last = line.points.at(-1);
    if (!last) return [];
    const value = formatValue(last.y, panel.format, locale);
    return [{ line, last, text: panel.series.length > 1 ? `${line.label} ${value}` : value }];
  });
}

/** Room that the panels of a figure need to the right for these words; one for all, so that x lines up. */
export function marginFor(panels: readonly ChartPanel[], width: number, locale: string): number {
  const widths = panels.flatMap((panel) =>
    endsOf(panel, locale).map((end) =>
      Math.min(textWidth(end.text) + 14, width * (panel.series.length > 1 ? 0.4 : 0.25)),
    ),
  );
  return Math.max(12, ...widths);
}

/** Hangul and other wide characters take about twice the room of Latin ones. */
function textWidth(text: string): number {
  return Array.from(text).reduce(
    (sum, character) => sum + label.character * (character.charCodeAt(0) > 0x2e80 ? 1.8 : 1),
    0,
  );
}

/** Draws one panel with Observable Plot. Colours are custom properties, so a theme needs no redraw. */
export function drawPanel(plot: Plot, panel: ChartPanel, options: DrawOptions): Drawn {
  const { width, height, locale } = options;
  const lines = panel.series.filter((line) => line.points.length > 0);
  const several = panel.series.length > 1;
  const ends = endsOf(panel, locale);

  const margin = {
    top: 8,
    right: options.marginRight,
    bottom: options.xLabel === null ? 20 : 36,
    left: 46,
  };
  const domain = domainOf(
    options.raw ? { ...panel, series: [...panel.series, ...options.raw.series] } : panel,
  );
  const [x0, x1] = options.xDomain;
  const right = width - margin.right;
  const bottom = height - margin.bottom;
  const xOf = (x: number) => margin.left + ((x - x0) / (x1 - x0 || 1)) * (right - margin.left);
  const yOf = (y: number) =>
    bottom - ((y - domain[0]) / (domain[1] - domain[0] || 1)) * (bottom - margin.top);
  const positions = spread(
    ends.map((end) => yOf(end.last.y)),
    label.gap,
    margin.top + 4,
    bottom,
  );

  const svg = plot.plot({
    width,
    height,
    marginTop: margin.top,
    marginRight: margin.right,
    marginBottom: margin.bottom,
    marginLeft: margin.left,
    style: { fontSize: `${label.size}px`, background: "transparent", overflow: "visible" },
    x: { domain: [x0, x1], label: null },
    y: { domain, label: null },
    marks: [
      plot.gridY({ ticks: 4, stroke: "var(--line)", strokeOpacity: 1 }),
      plot.axisY({
        ticks: 4,
        tickSize: 0,
        tickPadding: 8,
        fill: "var(--muted)",
        tickFormat: (value: number) =>
          formatValue(value, panel.format, locale, tickStep(domain, 4)),
      }),
      plot.axisX({
        ticks: Math.max(2, Math.floor((right - margin.left) / 90)),
        tickSize: 4,
        stroke: "var(--line)",
        fill: "var(--muted)",
        label: options.xLabel,
        labelAnchor: "right",
        labelArrow: "none",
        tickFormat: (value: number) => formatValue(value, "number", locale),
      }),
      ...(panel.levels ?? []).flatMap((level) => [
        plot.ruleY([level.y], { stroke: "var(--muted)", strokeDasharray: "3 3" }),
        plot.text([level], {
          x: () => x0,
          y: "y",
          text: "label",
          textAnchor: "start",
          dx: 4,
          dy: -7,
          fill: "var(--muted)",
          stroke: "var(--paper)",
          strokeWidth: 4,
        }),
      ]),
      ...(options.raw?.series ?? []).map((line) =>
        plot.lineY(line.points, { x: "x", y: "y", stroke: line.color, strokeOpacity: 0.3 }),
      ),
      ...lines.flatMap((line) => [
        plot.areaY(
          line.points.filter((point) => point.low !== undefined),
          { x: "x", y1: "low", y2: "high", fill: line.color, fillOpacity: 0.15 },
        ),
        plot.lineY(line.points, {
          x: "x",
          y: "y",
          stroke: line.color,
          strokeWidth: 2,
          strokeLinejoin: "round",
        }),
        // A line of few points is a series of measurements: each is shown, one alone would be invisible.
        plot.dot(
          line.points.filter((point) => line.points.length <= 24 || point === line.points.at(-1)),
          { x: "x", y: "y", r: 3, fill: line.color, stroke: "var(--paper)" },
        ),
        plot.ruleX(
          line.points.filter((point) => line.points.length <= 24 && point.low !== undefined),
          { x: "x", y1: "low", y2: "high", stroke: line.color, strokeWidth: 1.5 },
        ),
      ]),
      ...ends.map((end, i) =>
        plot.text([end], {
          x: () => end.last.x,
          y: () => end.last.y,
          text: "text",
          textAnchor: "start",
          dx: right - xOf(end.last.x) + 8,
          dy: positions[i] - yOf(end.last.y),
          fill: several ? end.line.color : "var(--ink)",
          fontWeight: 600,
        }),
      ),
    ],
  }) as SVGElement;
  svg.setAttribute("aria-hidden", "true"); // the caption and the table say it in words
  return {
    svg,
    left: margin.left,
    right,
    xOf,
    yOf,
    invert: (pixel) => x0 + ((pixel - margin.left) / (right - margin.left || 1)) * (x1 - x0),
  };
}

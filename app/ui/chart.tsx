"use client";

import { useEffect, useId, useMemo, useRef, useState } from "react";
import { useLocale, useT } from "@/app/lib/i18n/client";
import { useCursor } from "./chart-cursor";
import { figurePng, figureSvg, saveFile } from "./chart-export";
import { type ChartPanel, csvOf, nearest, smooth, tableOf, thin } from "./chart-data";
import { ChartPanelView } from "./chart-panel";
import { formatValue, marginFor } from "./chart-plot";
import { ChartTable } from "./chart-table";
import { cx } from "./class-names";
import { Popup } from "./popup";

interface ChartProps {
  /** The finding's subject: what a reader looks here for, not the name of a variable. */
  readonly title: string;
  /** One sentence on how to read it. */
  readonly note?: string;
  readonly xLabel: string;
  readonly panels: readonly ChartPanel[];
  /** Ends of the x axis, for a run whose length is known; without it the data decide. */
  readonly xDomain?: readonly [number, number];
  /** 0 = as measured … 0.99; the measured line stays behind the smoothed one, faint. */
  readonly smoothing?: number;
  readonly panelHeight?: number;
  readonly size?: "large" | "small";
}

const action =
  "text-muted underline decoration-line underline-offset-4 hover:text-ink disabled:no-underline";

/** A figure: title, lines on one shared x axis, a read-out, and the same numbers as table and CSV. */
export function Chart(props: ChartProps) {
  const { title, note, xLabel, smoothing = 0, size = "large" } = props;
  const t = useT();
  const locale = useLocale();
  const cursor = useCursor();
  const [withTable, setWithTable] = useState(false);
  const [host, width] = useWidth();
  const titleId = useId();

  const panels = useMemo(() => props.panels.map(inOrder), [props.panels]);
  const xDomain = useMemo(() => props.xDomain ?? extentOf(panels), [props.xDomain, panels]);
  const drawn = useMemo(
    () => panels.map((panel) => drawable(panel, smoothing, width)),
    [panels, smoothing, width],
  );
  const marginRight = marginFor(
    drawn.map(({ line }) => line),
    width,
    locale,
  );
  const height = props.panelHeight ?? (size === "large" ? 220 : 130);
  const empty = panels.every((panel) => panel.series.every((line) => line.points.length === 0));
  const reading = readingAt(panels, cursor.x ?? xDomain[1], xLabel, locale);

  const xs = useMemo(() => tableOf(panels).map((row) => row.x), [panels]);
  const place = xs.findLastIndex((x) => x <= (cursor.x ?? Number.POSITIVE_INFINITY));

  const save = async (format: "svg" | "png" | "csv") => {
    if (format === "csv") {
      const csv = csvOf(xLabel, panels);
      return saveFile(title, "csv", new Blob([csv], { type: "text/csv;charset=utf-8" }));
    }
    const svgs = [...(host.current?.querySelectorAll<SVGSVGElement>("[data-panel] > svg") ?? [])];
    const figure = figureSvg(
      title,
      svgs.map((svg, i) => ({ svg, label: labelOf(panels[i], panels.length) })),
    );
    if (format === "png") return saveFile(title, "png", await figurePng(figure));
    saveFile(title, "svg", new Blob([figure], { type: "image/svg+xml;charset=utf-8" }));
  };

  return (
    <figure aria-labelledby={titleId} className="m-0 min-w-0">
      <figcaption>
        <div className="flex items-baseline gap-x-3">
          <span id={titleId} className="min-w-0 flex-1 font-semibold">
            {title}
          </span>
          <span className="flex shrink-0 gap-3 text-sm">
            <button
              type="button"
              className={action}
              aria-expanded={withTable}
              onClick={() => setWithTable(!withTable)}
            >
              {t("chart.table")}
            </button>
            {empty ? null : (
              <Popup
                label={t("chart.saveLong", { title })}
                button={t("chart.save")}
                buttonClassName={cx(action, "min-h-0 px-0 hover:bg-transparent")}
                panelClassName="w-56"
              >
                <ul className="grid gap-2">
                  {(["svg", "png", "csv"] as const).map((format) => (
                    <li key={format}>
                      <button type="button" className={action} onClick={() => void save(format)}>
                        {t(`chart.${format}`)}
                      </button>
                    </li>
                  ))}
                </ul>
              </Popup>
            )}
          </span>
        </div>
        {note ? <p className="max-w-[75ch] text-sm text-muted">{note}</p> : null}
      </figcaption>
      <div ref={host}>
        {empty ? (
          <p className="grid place-items-center text-sm text-muted" style={{ height }}>
            {t("chart.waiting")}
          </p>
        ) : (
          <div>
            {panels.map((panel, i) => (
              <div key={panel.label}>
                <p className="mt-2 text-sm text-muted">{labelOf(panel, panels.length)}</p>
                <ChartPanelView
                  panel={drawn[i].line}
                  raw={drawn[i].raw}
                  width={width}
                  height={height}
                  marginRight={marginRight}
                  xDomain={xDomain}
                  xLabel={i === panels.length - 1 ? xLabel : null}
                  locale={locale}
                  cursor={cursor.x}
                  onCursor={cursor.set}
                />
              </div>
            ))}
            <input
              type="range"
              className="sr-only focus:not-sr-only focus:w-full"
              aria-label={t("chart.read", { title, axis: xLabel })}
              min={0}
              max={Math.max(0, xs.length - 1)}
              value={Math.max(0, place)}
              aria-valuetext={reading}
              onChange={(event) => cursor.set(xs[Number(event.target.value)] ?? null)}
              onBlur={() => cursor.set(null)}
            />
          </div>
        )}
      </div>
      <p className="min-h-5 text-sm tabular-nums text-muted">
        {empty || cursor.x === null ? null : reading}
      </p>
      {withTable && !empty ? (
        <ChartTable caption={title} xLabel={xLabel} panels={panels} locale={locale} />
      ) : null}
    </figure>
  );
}

/** What an axis measures: named where there are several. */
function labelOf({ label, unit }: ChartPanel, panels: number): string {
  if (panels === 1) return unit ?? "";
  return unit ? `${label} (${unit})` : label;
}

function useWidth() {
  const host = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [host, width] as const;
}

function inOrder(panel: ChartPanel): ChartPanel {
  const series = panel.series.map((line) => ({
    ...line,
    points: line.points.filter((p) => Number.isFinite(p.y)).sort((a, b) => a.x - b.x),
  }));
  return { ...panel, series };
}

/** What is drawn: at most two points a pixel, smoothed on top with the measured line behind it. */
function drawable(panel: ChartPanel, smoothing: number, width: number) {
  const limit = Math.max(100, width * 2);
  const draw = (weight: number) => ({
    ...panel,
    series: panel.series.map((line) => ({
      ...line,
      points: thin(smooth(line.points, weight), limit),
    })),
  });
  return smoothing > 0 ? { line: draw(smoothing), raw: draw(0) } : { line: draw(0) };
}

function extentOf(panels: readonly ChartPanel[]): [number, number] {
  const xs = panels.flatMap((panel) =>
    panel.series.flatMap((line) => [line.points[0]?.x, line.points.at(-1)?.x]),
  );
  const known = xs.filter((x) => x !== undefined);
  if (known.length === 0) return [0, 1];
  const low = Math.min(...known);
  const high = Math.max(...known);
  return low === high ? [Math.min(0, low), high || 1] : [low, high];
}

function readingAt(panels: readonly ChartPanel[], x: number, xLabel: string, locale: string) {
  const values = panels.flatMap((panel) =>
    panel.series.flatMap((line) => {
      const point = nearest(line.points, x);
      if (!point) return [];
      const value = formatValue(point.y, panel.format, locale);
      if (point.low === undefined || point.high === undefined) return [`${line.label} ${value}`];
      const low = formatValue(point.low, panel.format, locale);
      const high = formatValue(point.high, panel.format, locale);
      return [`${line.label} ${value} (${low} – ${high})`];
    }),
  );
  return [`${xLabel} ${formatValue(Math.round(x), "number", locale)}`, ...values].join("  ·  ");
}

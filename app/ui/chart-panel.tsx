"use client";

import { useEffect, useRef, useState } from "react";
import type * as PlotModule from "@observablehq/plot";
import { type ChartPanel, nearest } from "./chart-data";
import { type Drawn, drawPanel } from "./chart-plot";

let plotModule: Promise<typeof PlotModule> | undefined;
/** Plot is a third of a page's script: only a page that draws pays for it, and only once. */
const loadPlot = () => (plotModule ??= import("@observablehq/plot"));

interface PanelProps {
  readonly panel: ChartPanel;
  readonly raw?: ChartPanel;
  readonly width: number;
  readonly height: number;
  readonly marginRight: number;
  readonly xDomain: readonly [number, number];
  readonly xLabel: string | null;
  readonly locale: string;
  readonly cursor: number | null;
  readonly onCursor: (x: number | null) => void;
}

/** One y axis with its lines, and the cursor laid over it: a new value redraws without losing it. */
export function ChartPanelView(props: PanelProps) {
  const { panel, raw, width, height, marginRight, xDomain, xLabel, locale, cursor, onCursor } =
    props;
  const host = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  const [from, to] = xDomain;

  useEffect(() => {
    let gone = false;
    const draw = async () => {
      const plot = await loadPlot();
      if (gone || width === 0) return;
      const next = drawPanel(plot, panel, {
        width,
        height,
        marginRight,
        xDomain: [from, to],
        xLabel,
        locale,
        raw,
      });
      host.current?.replaceChildren(next.svg);
      setDrawn(next);
    };
    void draw();
    return () => {
      gone = true;
    };
  }, [panel, raw, width, height, marginRight, from, to, xLabel, locale]);

  return (
    <div
      className="relative touch-pan-y"
      style={{ height }}
      onPointerMove={(event) => {
        if (!drawn) return;
        const x = drawn.invert(event.clientX - event.currentTarget.getBoundingClientRect().left);
        onCursor(Math.min(Math.max(x, from), to));
      }}
      onPointerLeave={() => onCursor(null)}
    >
      <div ref={host} data-panel />
      {drawn && cursor !== null ? (
        <Cursor drawn={drawn} panel={raw ?? panel} x={cursor} height={height} />
      ) : null}
    </div>
  );
}

interface CursorProps {
  readonly drawn: Drawn;
  readonly panel: ChartPanel;
  readonly x: number;
  readonly height: number;
}

function Cursor({ drawn, panel, x, height }: CursorProps) {
  const hits = panel.series.flatMap((line) => {
    const point = nearest(line.points, x);
    return point ? [{ line, point }] : [];
  });
  return (
    <svg
      className="pointer-events-none absolute inset-0 h-full w-full overflow-visible"
      aria-hidden
    >
      <line
        x1={drawn.xOf(x)}
        x2={drawn.xOf(x)}
        y1={8}
        y2={height - 20}
        stroke="var(--muted)"
        strokeWidth={1}
      />
      {hits.map(({ line, point }) => (
        <circle
          key={line.key}
          cx={drawn.xOf(point.x)}
          cy={drawn.yOf(point.y)}
          r={4.5}
          fill={line.color}
          stroke="var(--paper)"
          strokeWidth={2}
        />
      ))}
    </svg>
  );
}

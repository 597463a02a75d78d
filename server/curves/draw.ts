import type * as PlotModule from "@observablehq/plot";
import type { Axis, Figure, Line, Panel } from "./figure";

declare const Plot: typeof PlotModule;

export interface Drawing {
  readonly figure: Figure;
  /** Pixels: of the figure across, of each panel's height. */
  readonly size: { readonly width: number; readonly height: number };
}

/**
 * Draws a figure into the page that it is evaluated in, which has loaded Observable Plot. It goes there as
 * text, so it uses nothing from outside itself.
 */
export function drawInPage({ figure, size }: Drawing): void {
  const ink = "#1a1a1a";
  const muted = "#666";
  const grid = "#e4e4e4";
  const gap = 24;
  const text = (tag: string, content: string, style: string) => {
    const element = document.createElement(tag);
    element.textContent = content;
    element.setAttribute("style", style);
    return element;
  };
  const number = (value: number, axis: Axis) =>
    axis.percent ? `${Math.round(100 * value)} %` : String(Number(value.toPrecision(2)));

  /** Heights of labels, moved apart where they would meet. */
  const placed = (labels: { x: number; y: number }[]) => {
    const at = labels.map(({ y }) => y);
    const order = labels.map((_, i) => i).sort((a, b) => at[a] - at[b]);
    order.forEach((i, place) => {
      for (const above of order.slice(0, place))
        if (Math.abs(labels[above].x - labels[i].x) < 80) at[i] = Math.max(at[i], at[above] + 15);
    });
    return at;
  };

  const draw = (panel: Panel, width: number) => {
    const margin = { top: 10, right: panel.labelRoom ?? 60, bottom: 40, left: 48 };
    const { x, y, lines, levels = [], height = size.height } = panel;
    const named = lines.filter((line) => line.label !== undefined && line.points.length > 0);
    const ends = named.map(({ label, color, points }) => ({ label, color, last: points.at(-1)! }));
    const spanned = (value: number, { domain: [low, high] }: Axis) => (value - low) / (high - low);
    const places = ends.map(({ last }) => ({
      x: spanned(last.x, x) * (width - margin.left - margin.right),
      y: (1 - spanned(last.y, y)) * (height - margin.top - margin.bottom),
    }));
    const heights = placed(places);
    const ticks = (axis: Axis) =>
      axis.ticks
        ? {
            ticks: axis.ticks.map(({ at }) => at),
            tickFormat: (v: number) => axis.ticks!.find(({ at }) => at === v)?.label ?? "",
          }
        : { ticks: 4, tickFormat: (v: number) => number(v, axis) };
    const stroke = (line: Line) => ({
      x: "x",
      y: "y",
      stroke: line.color,
      strokeWidth: line.faint ? 1 : 2.5,
      strokeOpacity: line.faint ? 0.35 : 1,
      ...(line.dashed && { strokeDasharray: "5 4" }),
    });
    const plot = Plot.plot({
      width,
      height,
      marginTop: margin.top,
      marginRight: margin.right,
      marginBottom: margin.bottom,
      marginLeft: margin.left,
      style: {
        fontSize: "12px",
        fontFamily: "system-ui, sans-serif",
        overflow: "visible",
        color: ink,
      },
      x: { domain: [...x.domain], type: x.log ? "log" : "linear", label: null },
      y: { domain: [...y.domain], label: null },
      marks: [
        Plot.gridY({
          ...(y.ticks ? { ticks: y.ticks.map(({ at }) => at) } : { ticks: 4 }),
          stroke: grid,
          strokeOpacity: 1,
        }),
        Plot.axisY({ ...ticks(y), tickSize: 0, tickPadding: 6, fill: muted }),
        Plot.axisX({
          ...ticks(x),
          tickSize: 4,
          stroke: grid,
          fill: muted,
          label: x.label,
          labelAnchor: "center",
          labelArrow: "none",
        }),
        ...levels.flatMap((level) => [
          Plot.ruleY([level.y], { stroke: muted, strokeDasharray: "2 3" }),
          Plot.text([level], {
            x: () => x.domain[level.below ? 1 : 0],
            y: "y",
            text: "label",
            textAnchor: level.below ? "end" : "start",
            dx: level.below ? -4 : 4,
            dy: level.below ? 9 : -7,
            fill: muted,
            stroke: "#fff",
            strokeWidth: 4,
          }),
        ]),
        ...lines.map((line) => Plot.lineY(line.points, stroke(line))),
        ...lines
          .filter((line) => !line.faint)
          .map((line) => Plot.dot(line.points, { x: "x", y: "y", r: 2.5, fill: line.color })),
        ...lines.map((line) =>
          Plot.text(
            line.points.filter((point) => point.label !== undefined),
            {
              x: "x",
              y: "y",
              text: "label",
              dy: -10,
              dx: -22,
              fill: line.color,
              stroke: "#fff",
              strokeWidth: 4,
            },
          ),
        ),
        ...ends.map(({ label, color, last }, i) =>
          Plot.text([last], {
            x: "x",
            y: "y",
            text: () => label!,
            textAnchor: "start",
            dx: 8,
            dy: heights[i] - places[i].y,
            fill: color,
            fontWeight: 600,
            stroke: "#fff",
            strokeWidth: 4,
          }),
        ),
      ],
    });
    const box = document.createElement("figure");
    box.setAttribute("style", "margin: 0");
    box.append(
      text("figcaption", panel.title, "font-weight: 600; font-size: 14px"),
      text("div", y.label, `color: ${muted}; font-size: 12px; margin-top: 2px`),
      plot,
    );
    return box;
  };

  const body = document.body;
  body.setAttribute(
    "style",
    `margin: 0; padding: 20px; width: ${size.width}px; font: 14px/1.5 system-ui, sans-serif; color: ${ink}; background: #fff`,
  );
  body.append(text("h1", figure.title, "font-size: 18px; font-weight: 600; margin: 0 0 12px"));
  for (const panels of figure.rows) {
    const row = document.createElement("div");
    row.setAttribute("style", `display: flex; gap: ${gap}px; margin-bottom: 16px`);
    const width = (size.width - gap * (panels.length - 1)) / panels.length;
    row.append(...panels.map((panel) => draw(panel, width)));
    body.append(row);
  }
  body.append(text("p", figure.note, `color: ${muted}; font-size: 12px; margin: 4px 0 0`));
}

"use client";

import { type ChartPanel, tableOf } from "./chart-data";
import { formatValue } from "./chart-plot";

interface TableProps {
  readonly caption: string;
  readonly xLabel: string;
  readonly panels: readonly ChartPanel[];
  readonly locale: string;
}

/** The chart's numbers for those who read rather than look, newest first. */
export function ChartTable({ caption, xLabel, panels, locale }: TableProps) {
  const columns = panels.flatMap((panel) =>
    panel.series.map((line) => ({
      key: `${panel.label} ${line.key}`,
      label: panel.unit ? `${line.label} (${panel.unit})` : line.label,
      format: panel.format,
    })),
  );
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <section className="max-h-80 overflow-auto" tabIndex={0} aria-label={caption}>
      <table className="w-full text-sm tabular-nums">
        <caption className="sr-only">{caption}</caption>
        <thead className="sticky top-0 bg-paper text-left text-muted">
          <tr>
            <th scope="col" className="py-1 pr-4 font-normal whitespace-nowrap">
              {xLabel}
            </th>
            {columns.map((column) => (
              <th key={column.key} scope="col" className="py-1 pr-4 text-right font-normal">
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tableOf(panels)
            .reverse()
            .map((row) => (
              <tr key={row.x} className="border-t border-line">
                <th scope="row" className="py-1 pr-4 text-left font-normal">
                  {formatValue(row.x, "number", locale)}
                </th>
                {columns.map((column, i) => {
                  const value = row.values[i];
                  return (
                    <td key={column.key} className="py-1 pr-4 text-right">
                      {value == null ? "–" : formatValue(value, column.format, locale)}
                    </td>
                  );
                })}
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}

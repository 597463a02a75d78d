import type { ReactNode } from "react";
import { cx } from "./class-names";

export interface Column<Row> {
  key: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Numbers stand at the end, so that their digits line up. */
  align?: "start" | "end";
  /** The cell that names the row. */
  rowHeader?: boolean;
  className?: string;
}

interface TableProps<Row> {
  /** Read out, and seen when `showCaption`. */
  caption: string;
  showCaption?: boolean;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Stands in the table's place when there are no rows. */
  empty?: ReactNode;
}

/** A table that can be scanned: no boxes, a line a row, wide ones scroll in their own frame. */
export function Table<Row>(props: TableProps<Row>) {
  const { caption, showCaption, columns, rows, rowKey, empty } = props;
  if (rows.length === 0 && empty) return empty;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
    <section aria-label={caption} tabIndex={0} className="relative -mx-2 overflow-x-auto px-2">
      <table className="w-full border-collapse text-sm wrap-break-word">
        <caption className={showCaption ? "pb-2 text-left text-muted" : "sr-only"}>
          {caption}
        </caption>
        <thead>
          <tr className="border-b border-edge">
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={cx(
                  "py-2 pr-6 align-bottom font-semibold whitespace-nowrap last:pr-0",
                  column.align === "end" ? "text-right" : "text-left",
                )}
              >
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className="border-b border-line hover:bg-wash">
              {columns.map((column) => {
                const Cell = column.rowHeader ? "th" : "td";
                return (
                  <Cell
                    key={column.key}
                    scope={column.rowHeader ? "row" : undefined}
                    className={cx(
                      "py-2 pr-6 align-baseline font-normal last:pr-0",
                      column.align === "end" ? "tabular text-right whitespace-nowrap" : "text-left",
                      column.rowHeader && "min-w-36", // a name is read, not spelt down a narrow phone
                      column.className,
                    )}
                  >
                    {column.cell(row)}
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

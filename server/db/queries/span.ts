import { and, gte, lt, type SQL } from "drizzle-orm";
import type { Column } from "../kit";

/** From a moment on, and before another. */
export interface Span {
  readonly from?: Date;
  readonly until?: Date;
}

export const within = (column: Column, { from, until }: Span): SQL | undefined =>
  and(from && gte(column, from), until && lt(column, until));

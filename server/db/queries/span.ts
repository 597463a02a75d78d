import { and, gte, lt, type SQL } from "drizzle-orm";
import type { Column } from "../kit";
import type { Value } from "../prepared";

/** From a moment on, and before another. */
export interface Span {
  readonly from?: Date;
  readonly until?: Date;
}

interface Bounds<Moment = Date> {
  readonly from: Moment;
  readonly until: Moment;
}

/** Both bounds of a span, those that it leaves out before and after all that is written. */
export const boundsOf = ({ from, until }: Span): Bounds => ({
  from: from ?? new Date(0),
  until: until ?? new Date("9999-12-31"),
});

export const within = (column: Column, { from, until }: Bounds<Value<Date>>): SQL | undefined =>
  and(gte(column, from), lt(column, until));

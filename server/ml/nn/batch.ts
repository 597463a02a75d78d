import { AppError } from "../../domain/app-error";
import type { Value } from "../runtime/feeds";

export interface BatchOptions {
  padId?: number;
  side?: "left" | "right";
  /** Length is rounded up to a multiple, so that few different shapes are seen. */
  multiple?: number;
  /** Longest allowed, in tokens. */
  context?: number;
}

/** What `decoder` takes, fed. All int32 [batch, time]. */
export interface Batch {
  ids: Value<Int32Array>;
  positions: Value<Int32Array>;
  segments: Value<Int32Array>;
}

/** One sequence a row, padded; `at(row, i)` is where token i of a row lies. */
export function padBatch(
  rows: readonly (readonly number[])[],
  { padId = 0, side = "right", multiple = 1, context = Infinity }: BatchOptions = {},
): Batch & { at: (row: number, i: number) => number } {
  const longest = Math.max(1, ...rows.map((row) => row.length));
  if (longest > context)
    throw new AppError(
      "bad-input",
      `a sequence of ${longest} tokens is longer than the model's context of ${context}; shorten it`,
    );
  const time = Math.min(Math.ceil(longest / multiple) * multiple, context);
  const start = (row: number): number => (side === "left" ? time - rows[row].length : 0);
  const lay = (fill: number, value: (id: number, i: number) => number): Value<Int32Array> => {
    const data = new Int32Array(rows.length * time).fill(fill);
    for (const [row, ids] of rows.entries()) {
      const from = row * time + start(row);
      for (let i = 0; i < ids.length; i++) data[from + i] = value(ids[i], i);
    }
    return { data, shape: [rows.length, time] };
  };
  return {
    ids: lay(padId, (id) => id),
    positions: lay(0, (_, i) => i),
    segments: lay(0, () => 1),
    at: (row, i) => row * time + start(row) + i,
  };
}

/** Several sequences a row, first fit; `at` maps (sequence, token) to its place. */
export function packBatch(
  sequences: readonly (readonly number[])[],
  time: number,
): Batch & { at: (sequence: number, i: number) => number } {
  const rows: number[][] = [];
  const starts = sequences.map((ids, index) => {
    if (ids.length > time)
      throw new AppError(
        "bad-input",
        `sequence ${index} has ${ids.length} tokens, more than ${time}`,
      );
    let row = rows.findIndex((line) => line.length + ids.length <= time);
    if (row < 0) row = rows.push([]) - 1;
    const start = rows[row].length;
    rows[row].push(...ids);
    return row * time + start;
  });
  const lay = (): Int32Array => new Int32Array(rows.length * time);
  const [ids, positions, segments] = [lay(), lay(), lay()];
  const count = rows.map(() => 0);
  sequences.forEach((sequence, index) => {
    const row = Math.floor(starts[index] / time);
    count[row] += 1;
    sequence.forEach((id, i) => {
      ids[starts[index] + i] = id;
      positions[starts[index] + i] = i;
      segments[starts[index] + i] = count[row]!;
    });
  });
  const value = (data: Int32Array): Value<Int32Array> => ({ data, shape: [rows.length, time] });
  return {
    ids: value(ids),
    positions: value(positions),
    segments: value(segments),
    at: (sequence, i) => starts[sequence] + i,
  };
}

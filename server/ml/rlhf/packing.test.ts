import { array, assert, constantFrom, integer, property } from "fast-check";
import { expect, it } from "vitest";
import { cheapestPasses, cheapestRows, packRows } from "./packing";

const filled = (rows: readonly number[][], lengths: readonly number[]) =>
  rows.map((row) => row.reduce((n, i) => n + lengths[i], 0));

it("puts each item into the first row with room, longest first", () => {
  expect(packRows([3, 8, 2, 5, 2], 10)).toEqual([
    [1, 2],
    [3, 0, 4],
  ]);
});

it("holds every item once and no row too much, in few rows", () => {
  assert(
    property(array(integer({ min: 1, max: 100 }), { minLength: 1 }), (lengths) => {
      const rows = packRows(lengths, 100);
      expect(rows.flat().toSorted((a, b) => a - b)).toEqual(lengths.map((_, i) => i));
      const sums = filled(rows, lengths);
      expect(Math.max(...sums)).toBeLessThanOrEqual(100);
      const fewest = Math.ceil(lengths.reduce((a, b) => a + b, 0) / 100);
      // any two rows that first fit leaves hold more than one row's room together
      expect(rows.length).toBeLessThanOrEqual(2 * fewest);
    }),
  );
});

it("makes rows longer where that fills them, and no longer than it pays or is allowed", () => {
  const alike = Array.from({ length: 30 }, () => 60);
  const wide = { longest: 1024, width: 256 };
  const { rows, time } = cheapestRows(alike, wide);
  expect(1 - (30 * 60) / (rows.length * time)).toBeLessThan(0.07); // one a row: 64 places each
  expect(time).toBeLessThan(300);
  expect(cheapestRows(alike, { longest: 64, width: 256 })).toMatchObject({ time: 64 });
  expect(cheapestRows([100, 10, 10], { longest: 50, width: 8 })).toMatchObject({ time: 100 });
  expect(cheapestRows([5], wide)).toEqual({ rows: [[0]], time: 16 });
});

it("never costs more than one padded row each", () => {
  assert(
    property(
      array(integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 60 }),
      constantFrom(16, 128, 768),
      (lengths, width) => {
        const { rows, time } = cheapestRows(lengths, { longest: 512, width });
        expect(Math.max(...filled(rows, lengths))).toBeLessThanOrEqual(time);
        const padded = Math.ceil(Math.max(...lengths) / 16) * 16;
        const cost = (count: number, t: number) => count * t * (4 * width + t);
        expect(cost(rows.length, time)).toBeLessThanOrEqual(cost(lengths.length, padded));
      },
    ),
  );
});

it("spares short items the rows of long ones, where a pass more is worth it", () => {
  const limits = { longest: 512, width: 128 };
  const mixed = [...Array.from({ length: 30 }, () => 40), 500, 480];
  const [long, short, ...others] = cheapestPasses(mixed, limits);
  expect(others).toEqual([]);
  expect(long).toEqual({ rows: [[30], [31]], time: 512 });
  expect(short).toMatchObject({ time: 80, rows: { length: 15 } });
  const items = [...long.rows, ...short.rows].flat();
  expect(items.toSorted((a, b) => a - b)).toEqual(mixed.map((_, i) => i));
  expect(cheapestPasses([40, 30, 10], limits)).toHaveLength(1);
  expect(cheapestPasses(mixed, limits)).toEqual([long, short]);
});

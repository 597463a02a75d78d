import { expect, test } from "vitest";

import { addDims, broadcastShapes, divideDims, evaluateDim, mulDims } from "./dims";

test("sizes add and multiply, in one canonical form", () => {
  expect(mulDims(["time", "batch"])).toBe(mulDims(["batch", "time"]));
  expect(mulDims(["time", 4, 2])).toBe("8*time");
  expect(mulDims([])).toBe(1);
  expect(addDims("past", "time", "past")).toBe("2*past+time");
  expect(addDims("time", mulDims([-1, "time"]))).toBe(0);
  expect(mulDims([addDims("a", 1), 3])).toBe("3+3*a");
});

test("a size divides by what it contains, else null", () => {
  expect(divideDims("8*batch*time", mulDims(["time", 4]))).toBe("2*batch");
  expect(divideDims("batch", "time")).toBeNull();
  expect(divideDims(6, 4)).toBeNull();
  expect(divideDims("a+b", "a+b")).toBe(1);
});

test("a size is a number once its names are bound", () => {
  const sizes = new Map([
    ["batch", 3],
    ["time", 5],
  ]);
  expect(evaluateDim(addDims(mulDims(["batch", "time"]), -1), sizes)).toBe(14);
  expect(() => evaluateDim("rows", sizes)).toThrow('size "rows"');
});

test("shapes broadcast as NumPy's do, and say what does not", () => {
  expect(broadcastShapes([2, 1, "t"], [3, 1], "add")).toEqual([2, 3, "t"]);
  expect(() => broadcastShapes([2, 3], [4], "add")).toThrow("got [2, 3] and [4]");
});

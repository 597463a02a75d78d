import { expect, test } from "vitest";

import { adamWDefaults } from "../graph/optimizer";
import type { Weights } from "../graph/parameters";
import { kernelBlock } from "./adamw-kernel";
import { HostAdamW } from "./host-adamw";
import { randomValue } from "./testing";

const shapes = [[1], [kernelBlock], [5, 7], [3, 40, 2], [kernelBlock * 9 + 1]];
const make = (seed: string): Weights =>
  new Map(shapes.map((shape, i) => [`w${i}`, randomValue(shape, `${seed} ${i}`)]));

test("the norm is that of all gradients, whatever their lengths", () => {
  const host = new HostAdamW(make("weights"), adamWDefaults);
  let squares = 0;
  for (const [name, { data }] of host.gradients) {
    data.set(make("gradients").get(name)!.data);
    for (const x of data) squares += x * x;
  }
  expect(host.norm()).toBeCloseTo(Math.sqrt(squares), 5);
});

test("weights move into its memory and back, and keep their numbers", () => {
  const weights = make("weights");
  const before = [...weights.values()].map(({ data }) => data);
  const host = new HostAdamW(weights, adamWDefaults);
  const inside = [...weights.values()].map(({ data }) => data);
  expect(inside.every((data, i) => data.buffer !== before[i].buffer)).toBe(true);
  expect(inside).toEqual(before);
  host.release();
  const after = [...weights.values()].map(({ data }) => data);
  expect(after).toEqual(before);
  expect(after.every((data, i) => data.buffer !== inside[i].buffer)).toBe(true);
});

test("a step changes every number of a weight, and nothing beyond it", () => {
  const weights = make("weights");
  const start = make("weights");
  const host = new HostAdamW(weights, { ...adamWDefaults, clipNorm: null });
  for (const { data } of host.gradients.values()) data.fill(2);
  host.step(0.5, 1, 1);
  for (const [name, { data }] of weights) {
    // the first step is of length lr against the gradient's sign
    expect(data).toBeAllclose(start.get(name)!.data.map((x) => x - 0.5));
    expect(host.moments.get(`m.${name}`)!.data).toBeAllclose(data.map(() => 0.2));
  }
});

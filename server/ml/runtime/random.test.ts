import { expect, test } from "vitest";

import { Random } from "./random";

const take = (random: Random, n: number): number[] =>
  Array.from({ length: n }, () => random.bits());

test("xoshiro128** from a known state gives its known numbers", () => {
  const random = Random.restore({ seed: "any", state: [1, 2, 3, 4] });
  expect(take(random, 4)).toEqual([11520, 0, 5927040, 70819200]);
});

test("the same seed gives the same numbers, another one others", () => {
  expect(take(new Random(7), 8)).toEqual(take(new Random(7), 8));
  expect(take(new Random(7), 8)).not.toEqual(take(new Random(8), 8));
  expect(take(new Random("7/a"), 8)).toEqual(take(new Random(7).fork("a"), 8));
});

test("a fork does not depend on what was drawn before it", () => {
  const [fresh, used] = [new Random(1), new Random(1)];
  take(used, 100);
  expect(take(used.fork("x"), 4)).toEqual(take(fresh.fork("x"), 4));
  expect(take(fresh.fork("x"), 4)).not.toEqual(take(fresh.fork("y"), 4));
});

test("a stream goes on from its kept state", () => {
  const random = new Random(3);
  take(random, 5);
  const kept = JSON.parse(JSON.stringify(random.state())) as ReturnType<Random["state"]>;
  expect(take(Random.restore(kept), 5)).toEqual(take(random, 5));
});

test("uniform, below, normal and shuffle have the distributions they claim", () => {
  const random = new Random("distributions");
  const n = 20_000;
  const mean = (f: () => number): number =>
    Array.from({ length: n }, f).reduce((a, b) => a + b, 0) / n;
  expect(Math.abs(mean(() => random.uniform()) - 0.5)).toBeLessThan(0.01);
  expect(Math.abs(mean(() => random.normal()))).toBeLessThan(0.03);
  expect(Math.abs(mean(() => random.normal() ** 2) - 1)).toBeLessThan(0.04);
  const counts = [0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) counts[random.below(5)] += 1;
  for (const count of counts) expect(Math.abs(count / n - 0.2)).toBeLessThan(0.02);
  const firsts = [0, 0, 0];
  for (let i = 0; i < n; i++) firsts[random.shuffle([0, 1, 2])[0]] += 1;
  for (const count of firsts) expect(Math.abs(count / n - 1 / 3)).toBeLessThan(0.02);
  expect(random.shuffle([1, 2, 3, 4]).sort((a, b) => a - b)).toEqual([1, 2, 3, 4]);
});

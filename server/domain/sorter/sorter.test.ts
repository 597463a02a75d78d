import { describe, expect, it } from "vitest";
import { demonstrate, demonstrateDownwards, withSlips } from "./demonstrations";
import { quality, simulateRanking } from "./labeler";
import { shellRecipe, siteRecipe } from "./recipe";
import { gaussian, hash32, seededUniform } from "./random";
import {
  answeredList,
  exactShare,
  isExact,
  isOrdered,
  listOf,
  makePrompts,
  rightAnswer,
  splitOf,
} from "./task";

describe("the task", () => {
  it("reads prompts and answers, and only those", () => {
    expect(listOf("sort: 5 2 9")).toEqual([5, 2, 9]);
    expect(listOf(" sort:  5  2 ")).toEqual([5, 2]);
    expect(listOf("sort:")).toBeNull();
    expect(listOf("sort: five")).toBeNull();
    expect(answeredList(" 2 5 9\n")).toEqual([2, 5, 9]);
    expect(answeredList("2, 5")).toBeNull();
    expect(answeredList("")).toBeNull();
  });
  it("knows the right answer", () => {
    expect(rightAnswer("sort: 10 9 9 1")).toBe("1 9 9 10");
    expect(isExact("sort: 3 1 2", " 1 2 3 ")).toBe(true);
    expect(isExact("sort: 3 1 2", "1 2 2")).toBe(false);
    expect(isExact("write a poem", "1 2 2")).toBe(false);
    expect(() => rightAnswer("hello")).toThrow(/"hello" is not a sorting prompt/);
  });
  it("counts exact answers", () => {
    const prompt = "sort: 2 1";
    expect(
      exactShare([
        { prompt, completion: "1 2" },
        { prompt, completion: "2 1" },
      ]),
    ).toBe(0.5);
    expect(exactShare([])).toBe(0);
  });
  it("draws different prompts by seed, and never the same list in two splits", () => {
    const draw = (split: "train" | "heldout", seed: number) =>
      makePrompts({ split, count: 300, length: 4, seed });
    const train = draw("train", 1);
    expect(new Set(train).size).toBe(300);
    expect(draw("train", 1)).toEqual(train);
    expect(draw("train", 2)).not.toEqual(train);
    const heldout = new Set([...draw("heldout", 1), ...draw("heldout", 2)]);
    expect(train.filter((p) => heldout.has(p))).toEqual([]);
    expect(splitOf("sort:  1 2")).toBe(splitOf("sort: 1 2 "));
  });
  it("says when there are not that many lists", () => {
    expect(() => makePrompts({ split: "train", count: 99, length: 2, seed: 1 })).toThrow(
      /not 99 different train lists of 2 digits/,
    );
  });
});

describe("simulated labelers", () => {
  const prompt = "sort: 4 1 3 2";
  it("find the exact answer best, near ones good, and no list worst", () => {
    expect(quality(prompt, "1 2 3 4")).toBe(1);
    const near = quality(prompt, "1 3 2 4");
    const far = quality(prompt, "4 3 2 1");
    const other = quality(prompt, "1 2 3 9");
    expect(near).toBeLessThan(1);
    expect(far).toBeLessThan(near);
    expect(other).toBeLessThan(1);
    expect(quality(prompt, "1 2 3 4 4")).toBeLessThan(1);
    expect(quality(prompt, "oops")).toBe(0);
  });
  it("rank every completion once, ties together", () => {
    const completions = ["4 3 2 1", "1 2 3 4", "", "1 2 3 4 "];
    const groups = simulateRanking(prompt, completions, seededUniform(1), {
      noise: 0,
      tieWithin: 0.03,
    });
    expect(groups).toEqual([[1, 3], [0], [2]]);
  });
  it("err by their noise, and repeat themselves for a seed", () => {
    const completions = ["1 2 3 4", "1 3 2 4", "1 2 4 3", "2 1 3 4"];
    const rank = (seed: number) =>
      simulateRanking(prompt, completions, seededUniform(seed), { noise: 0.3, tieWithin: 0 });
    expect(rank(5)).toEqual(rank(5));
    const firsts = Array.from({ length: 200 }, (_, seed) => rank(seed)[0][0]);
    const right = firsts.filter((i) => i === 0).length;
    expect(right).toBeGreaterThan(60); // 50 by chance
    expect(right).toBeLessThan(200);
  });
});

it("demonstrates the right answer, and slips on demand", () => {
  expect(demonstrate("sort: 2 1")).toEqual({ prompt: "sort: 2 1", completion: "1 2" });
  const uniform = seededUniform(3);
  expect(withSlips("1 2 3 4 5 6", 0, uniform)).toBe("1 2 3 4 5 6");
  const slipped = Array.from({ length: 50 }, () => withSlips("1 2 3 4 5 6", 2, uniform));
  expect(slipped.some((text) => text !== "1 2 3 4 5 6")).toBe(true);
  expect(slipped.every((text) => answeredList(text)?.length === 6)).toBe(true);
});

it("has uniform and normal numbers with the right mean and spread", () => {
  const uniform = seededUniform("x");
  const us = Array.from({ length: 20_000 }, uniform);
  const ns = us.map(() => gaussian(uniform));
  const mean = (xs: number[]) => xs.reduce((a, x) => a + x, 0) / xs.length;
  expect(mean(us)).toBeCloseTo(0.5, 1);
  expect(mean(ns)).toBeCloseTo(0, 1);
  expect(mean(ns.map((x) => x * x))).toBeCloseTo(1, 1);
  expect(hash32("sort: 1 2")).not.toBe(hash32("sort: 2 1"));
});

it("tells skill from taste: in order either way", () => {
  const prompt = "sort: 2 1 3";
  expect(isOrdered(prompt, "1 2 3")).toBe(true);
  expect(isOrdered(prompt, demonstrateDownwards(prompt).completion)).toBe(true);
  expect(isOrdered(prompt, "2 1 3")).toBe(false);
  expect(isOrdered(prompt, "3 2 2")).toBe(false);
  expect(isOrdered(prompt, "oops")).toBe(false);
});

it.each([shellRecipe, siteRecipe])("a recipe asks for rankings that can be made", (recipe) => {
  const { length, sft, rank } = recipe;
  const k = rank.samples + rank.demonstrations + rank.slips;
  expect(k).toBeGreaterThanOrEqual(4);
  expect(k).toBeLessThanOrEqual(9);
  expect(10 ** length / 2.6).toBeGreaterThan(sft.demonstrations);
});

import { expect, test } from "vitest";
import { choicesOf } from "./rollout-steps";
import { byPrompt, klOf, ordered, type Sample, scaleOf, tokensOf } from "./token-kl";

const sample = (place: number, prompt: string, score: number, ...kl: number[]): Sample => ({
  place,
  prompt,
  completion: "a b",
  score,
  rawScore: score,
  tokens: {
    texts: kl.map(String),
    logProbs: kl.map((x) => x - 1),
    refLogProbs: kl.map(() => -1),
  },
});
const samples = [
  sample(0, "p", 0.5, 0.25, -0.5),
  sample(1, "q", 2, 0, 1.5),
  sample(2, "p", 1, 0, 0),
];

test("a token's KL is what the policy likes it more than the reference; a response's is their sum", () => {
  expect(tokensOf(samples[0].tokens!).map(({ kl }) => kl)).toEqual([0.25, -0.5]);
  expect(klOf(samples[0])).toBe(-0.25);
  expect(klOf({ ...samples[0], tokens: null })).toBeNull();
});

test("the scale ends at the largest KL of all that is shown, either way, and not below noise", () => {
  expect(scaleOf(samples)).toBe(1.5);
  expect(scaleOf([samples[0]])).toBe(0.5);
  expect(scaleOf([samples[2]])).toBe(0.1);
  expect(scaleOf([])).toBe(0.1);
});

test("responses to one prompt stand together, in the order asked for", () => {
  const places = (order: "drawn" | "best" | "farthest") =>
    byPrompt(ordered(samples, order)).map((group) => group.samples.map(({ place }) => place));
  expect(places("drawn")).toEqual([[0, 2], [1]]);
  expect(places("best")).toEqual([[1], [2, 0]]);
  expect(places("farthest")).toEqual([[1], [2, 0]]);
});

test("a long run offers evenly some of its iterations, the first, the newest and the one shown", () => {
  const steps = Array.from({ length: 1000 }, (_, i) => 1000 - i);
  const offered = choicesOf(steps, 123);
  expect(offered.length).toBeLessThan(70);
  expect(offered).toEqual(expect.arrayContaining([1000, 123, 1]));
  expect(choicesOf([3, 2, 1], 2)).toEqual([3, 2, 1]);
});

import { array, assert, constantFrom, integer, property } from "fast-check";
import { expect, test } from "vitest";
import { seededUniform } from "../sorter/random";
import { ClusterWords, clusterNames } from "./cluster-words";
import { clusterTexts } from "./clusters";
import { featuresOf, weighByRarity } from "./features";

const topics = [
  ["bread", "oven", "flour", "recipe", "bake", "cake", "sugar"],
  ["python", "function", "loop", "array", "code", "compile", "bug"],
  ["요리법을", "김치찌개", "된장찌개를", "재료는", "끓이는", "양념은"],
];

function clusterOf(texts: string[], k: number, seed: number): Int32Array {
  const vectors = texts.map(featuresOf);
  weighByRarity(vectors);
  const steps = clusterTexts(vectors, k, seededUniform(seed));
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

const random = seededUniform(3);
const corpus = Array.from({ length: 120 }, (_, i) => {
  const topic = topics[i % 3];
  return Array.from({ length: 5 }, () => topic[Math.floor(random() * topic.length)]).join(" ");
});

test("texts of one topic come together, in Korean too, and the same seed gives the same", () => {
  const of = clusterOf(corpus, 3, 1);
  for (let topic = 0; topic < 3; topic++)
    expect(new Set(corpus.map((_, i) => of[i]).filter((_, i) => i % 3 === topic)).size).toBe(1);
  expect(new Set(of).size).toBe(3);
  expect(clusterOf(corpus, 3, 1)).toEqual(of);
});

test("a cluster is described by its own words, not by those of all", () => {
  const of = clusterOf(corpus, 3, 1);
  const words = new ClusterWords(3);
  for (const [i, text] of corpus.entries()) words.add(of[i], `please ${text}`);
  const described = words.words();
  for (const [topic, own] of topics.entries()) {
    expect(own).toContain(described[of[topic]][0]);
    expect(described[of[topic]].slice(0, 3).every((word) => own.includes(word))).toBe(true);
  }
  expect(new Set(clusterNames(described)).size).toBe(3);
  expect(clusterNames([["a"], ["a"], []])).toEqual(["a", "a (2)", "—"]);
});

test("every text is in one of the clusters, whatever the texts", () => {
  const text = constantFrom(
    "",
    "a",
    "sort: 3 1 2",
    "sort: 3 1 2",
    "안녕하세요",
    "?!",
    "hello world",
  );
  assert(
    property(
      array(text, { minLength: 1, maxLength: 12 }),
      integer({ min: 1, max: 6 }),
      (texts, k) => {
        const of = clusterOf(texts, k, 7);
        expect(of).toHaveLength(texts.length);
        for (const cluster of of) {
          expect(cluster).toBeGreaterThanOrEqual(0);
          expect(cluster).toBeLessThan(Math.min(k, texts.length));
        }
      },
    ),
  );
});

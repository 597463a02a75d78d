import { describe, expect, it } from "vitest";
import { Random } from "../runtime/random";
import type { RankedExample } from "./data";
import { breakdown, judgedPairs, labelerAgreement } from "./reward-breakdown";

const row = (changes: Partial<RankedExample>): RankedExample => ({
  prompt: "p",
  completions: ["abc", "de", "fghi"],
  groups: [[0], [1], [2]],
  ...changes,
});
const random = new Random(1);

describe("labelerAgreement", () => {
  it("counts the pairs that two labelers both order", () => {
    const data = [
      row({ labeler: "ann" }),
      row({ labeler: "bob", groups: [[0], [2], [1]] }),
      row({ labeler: "eve", groups: [[0], [1, 2]] }),
    ];
    // ann–bob: 2 of 3, ann–eve: 2 of 2, bob–eve: 2 of 2
    expect(labelerAgreement(data, random)).toMatchObject({
      agreement: 6 / 7,
      pairs: 7,
      prompts: 1,
    });
  });
  it("knows completions by their text, whatever their order in the row", () => {
    const turned = row({ completions: ["fghi", "abc", "de"], groups: [[1], [2], [0]] });
    expect(labelerAgreement([row({}), turned], random)!.agreement).toBe(1);
  });
  it("is unknown with one labeler, or where nothing was ranked twice", () => {
    const twice = [row({ labeler: "ann" }), row({ labeler: "ann" })];
    expect(labelerAgreement(twice, random)).toBeNull();
    expect(labelerAgreement([row({}), row({ prompt: "q" })], random)).toBeNull();
  });
});

describe("breakdown", () => {
  const long = "x".repeat(100);
  const data = [
    row({ completions: [long, "x".repeat(95)], groups: [[0], [1]], labelerGroup: "ko" }),
    row({
      prompt: "q",
      completions: ["x".repeat(40), long],
      groups: [[0], [1]],
      labelerGroup: "en",
    }),
    row({ prompt: "r", completions: [long, ""], groups: [[0], [1]], labelerGroup: "en" }),
  ];
  const pairs = judgedPairs(data, [
    [0.1, 0],
    [-1, 2],
    [0, 0.3],
  ]);
  const parts = breakdown(pairs, random, 1);
  const shares = (rows: { part: string; pairs: number; accuracy: number | null }[]) =>
    rows.map(({ part, pairs: n, accuracy }) => [part, n, accuracy]);

  it("is by margin, by length difference, by which is longer, by labelers", () => {
    expect(shares(parts.byMargin)).toEqual([
      ["0 to 0.25 nats", 1, 1],
      ["0.25 to 0.5 nats", 1, 0],
      ["0.5 to 1 nats", 0, null],
      ["1 to 2 nats", 0, null],
      ["2 nats and more", 1, 0],
    ]);
    expect(shares(parts.byLengthDifference)).toEqual([
      ["0 to 10 %", 1, 1],
      ["10 to 25 %", 0, null],
      ["25 to 50 %", 0, null],
      ["50 to 100 %", 2, 0],
    ]);
    expect(shares(parts.byLonger)).toEqual([
      ["longer preferred", 2, 0.5],
      ["shorter preferred", 1, 0],
    ]);
    expect(shares([parts.alikeInLength])).toEqual([["lengths within 10 %", 1, 1]]);
    expect(shares(parts.byLabelerGroup)).toEqual([
      ["en", 2, 0],
      ["ko", 1, 1],
    ]);
  });
  it("shows what was got wrong: surest and nearest", () => {
    expect(parts.worstMistakes).toMatchObject([{ prompt: "q", margin: -3, rejected: long }]);
    expect(parts.nearestMistakes).toMatchObject([{ prompt: "r", rejected: "" }]);
  });
});

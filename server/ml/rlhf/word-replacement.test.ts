import { describe, expect, it } from "vitest";
import { Random } from "../runtime/random";
import type { RankedExample } from "./data";
import { encodeRankings, trainReward } from "./reward";
import { rewardConfig } from "./reward-config";
import { rewardModelFrom } from "./reward-model";
import { collect, flatWeights, tinyModel } from "./testing";
import { piecesOf, replaceWords, wordReplacement } from "./word-replacement";

const letters = "abcdefgh";
/** 128 different words in 16 rankings. */
const data: RankedExample[] = Array.from({ length: 16 }, (_, i) => {
  const word = (j: number) => [i >> 3, i & 7, j >> 3, j & 7].map((n) => letters[n]).join("");
  return {
    prompt: letters[i % 8],
    completions: [0, 1, 2, 3].map((k) => `${word(2 * k)} ${word(2 * k + 1)}`),
    groups: [[0], [1], [2, 3]],
  };
});
const model = tinyModel();
const textOf = (ids: readonly number[]): string => model.tokenizer.decode([...ids]);
const rankings = await encodeRankings(model, data, rewardConfig.parse({}));

describe("replaceWords", () => {
  it("keeps what stands between words, and takes signs that stick to one with it", () => {
    const text = "Ban  it, now!\n물은 물이다.";
    expect(
      piecesOf(text)
        .map((piece) => piece.text)
        .join(""),
    ).toBe(text);
    const replaced = replaceWords(text, 1 - 1e-12, ["x"], new Random(1));
    expect(replaced).toBe("x  x x\nx x");
    expect(replaceWords(text, 0, ["x"], new Random(1))).toBe(text);
  });

  it("replaces the share asked for, and draws words as often as they stand in the data", () => {
    const text = Array.from({ length: 4000 }, () => "old").join(" ");
    const words = replaceWords(text, 0.3, ["a", "a", "a", "b"], new Random(2)).split(" ");
    const count = (word: string) => words.filter((one) => one === word).length;
    expect(words).toHaveLength(4000);
    expect(count("a") + count("b")).toBeGreaterThan(1100);
    expect(count("a") + count("b")).toBeLessThan(1300);
    expect(count("a") / count("b")).toBeGreaterThan(2.4);
    expect(count("a") / count("b")).toBeLessThan(3.7);
  });
});

describe("wordReplacement", () => {
  const maxLength = Math.max(...rankings.flatMap(({ rows }) => rows.map((ids) => ids.length)));
  const replacementOf = (share: number, seed = 1, notes: string[] = [], of = rankings) =>
    wordReplacement(
      model,
      data,
      of,
      { share, maxLength, seed },
      { note: (text) => void notes.push(text) },
    );

  it("leaves prompt, eos, order and length limit as they were", async () => {
    const changed = await replacementOf(0.5)(rankings, 3);
    expect(changed).not.toEqual(rankings);
    const known = new Set(data.flatMap(({ completions }) => completions.join(" ").split(" ")));
    for (const [i, { rows, ...rest }] of changed.entries()) {
      const { rows: before, ...same } = rankings[i];
      expect(rest).toEqual(same);
      for (const [k, ids] of rows.entries()) {
        expect(ids.length).toBeLessThanOrEqual(before[k].length);
        expect(ids.at(-1)).toBe(model.tokenizer.eosId);
        const at = before[k].length - 1 - data[i].completions[k].length;
        expect(ids.slice(0, at)).toEqual(before[k].slice(0, at));
        for (const word of textOf(ids.slice(at, -1)).split(" ")) expect(known).toContain(word);
      }
    }
  });

  it("keeps a completion where the other words would not fit", async () => {
    const long = { ...data[0], completions: ["a", "b", "c", "abababab"] };
    const mixed = [...data.slice(1), long];
    const encoded = await encodeRankings(model, mixed, rewardConfig.parse({}));
    const limit = encoded.at(-1)!.rows[0].length + 3; // a word of four letters for one of one is all
    const options = { share: 0.99, maxLength: limit, seed: 1 };
    const [changed] = await wordReplacement(
      model,
      mixed,
      encoded,
      options,
      {},
    )(encoded.slice(-1), 0);
    const [before] = encoded.slice(-1);
    expect(changed.rows[0]).not.toEqual(before.rows[0]);
    for (const [k, ids] of changed.rows.entries())
      expect(ids.length <= limit || ids === before.rows[k]).toBe(true);
    const [none] = await wordReplacement(
      model,
      mixed,
      encoded,
      { ...options, maxLength: 4 },
      {},
    )(encoded.slice(0, 1), 0);
    expect(none).toEqual(encoded[0]);
  });

  it("depends on seed, step and ranking alone", async () => {
    const alone = await replacementOf(0.5)([rankings[5]], 3);
    const together = await replacementOf(0.5)(rankings, 3);
    expect(together[5]).toEqual(alone[0]);
    expect(await replacementOf(0.5)(rankings, 4)).not.toEqual(together);
    expect(await replacementOf(0.5, 2)(rankings, 3)).not.toEqual(together);
  });

  it("is nothing at share 0, and leaves a task's own symbols alone, saying so", async () => {
    const notes: string[] = [];
    expect(await replacementOf(0, 1, notes)(rankings, 0)).toEqual(rankings);
    expect(notes).toEqual([]);
    const few = rankings.slice(0, 4);
    expect(await replacementOf(0.5, 1, notes, few)(few, 0)).toEqual(few);
    expect(notes.join()).toContain("only 32 different words");
  });
});

describe("a reward model that learns from replaced words", () => {
  const options = { batchSize: 5, epochs: 2, learningRate: 3e-3, seed: 1, wordReplacement: 0.5 };
  const start = () => rewardModelFrom(model, 1);

  it.each([1, 5])("resumed after step %i ends with the same bits", async (stopAt) => {
    const straight = start();
    await collect(trainReward(straight, data, options));
    const { state } = await collect(trainReward(start(), data, options), stopAt);
    const resumed = start();
    await collect(trainReward(resumed, data, options, { resume: state! }));
    expect(flatWeights(resumed)).toEqual(flatWeights(straight));
    const plain = start();
    await collect(trainReward(plain, data, { ...options, wordReplacement: 0 }));
    expect(flatWeights(plain)).not.toEqual(flatWeights(straight));
  });
});

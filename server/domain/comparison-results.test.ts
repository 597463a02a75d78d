import { expect, test } from "vitest";
import { comparisonResults, type ComparisonVote } from "./comparison-results";

type Model = "old" | "new" | "third";
const vote = (left: Model, right: Model, preference: number | null): ComparisonVote<Model> => ({
  left,
  right,
  preference,
  count: 1,
});

test("wins are the first model's, whichever side it stood on", () => {
  const { pairs, points } = comparisonResults(
    [
      vote("new", "old", -3), // new on the left wins
      vote("old", "new", 1), // new on the right wins
      vote("old", "new", -2), // new loses
      vote("new", "old", 0),
      vote("new", "old", null),
    ],
    "old",
  );
  expect(pairs).toHaveLength(1);
  expect(pairs[0]).toMatchObject({
    models: ["new", "old"],
    wins: 2,
    ties: 1,
    losses: 1,
    unjudged: 1,
    strength: (3 + 1 - 2 + 0) / 4,
  });
  expect(pairs[0].rate.tiesHalf).toBe(2.5 / 4);
  expect(pairs[0].rate.withoutTies).toBe(2 / 3);
  expect(points).toEqual({ [-3]: 1, 1: 1, [-2]: 1, 0: 1 });
});

test("so many alike are as many one by one", () => {
  const votes = [vote("old", "new", 2), vote("new", "old", 0), vote("new", "old", null)];
  const thrice = votes.map((one) => Object.assign({}, one, { count: 3 }));
  expect(comparisonResults(thrice, "old")).toEqual(
    comparisonResults([...votes, ...votes, ...votes], "old"),
  );
});

test("every pair stands apart, what is compared against second in each, whatever came first", () => {
  const votes = [vote("old", "new", 1), vote("third", "old", 1), vote("new", "third", 2)];
  const said = (of: typeof votes, against: Model | null) =>
    comparisonResults(of, against)
      .pairs.map(({ models, wins, losses }) => [models, wins, losses])
      .toSorted((a, b) => String(a).localeCompare(String(b)));
  for (const of of [votes, votes.toReversed()]) {
    expect(said(of, "old")).toEqual([
      [["new", "old"], 1, 0],
      [["new", "third"], 0, 1],
      [["third", "old"], 0, 1],
    ]);
    expect(said(of, null)).toEqual([
      [["new", "old"], 1, 0],
      [["new", "third"], 0, 1],
      [["old", "third"], 1, 0],
    ]);
  }
});

test("who always takes the left one is seen, and who takes what is better is not", () => {
  const left = Array.from({ length: 12 }, (_, i) =>
    i % 2 === 0 ? vote("old", "new", -1) : vote("new", "old", -1),
  );
  const biased = comparisonResults(left, "old");
  expect(biased.sides).toMatchObject({ left: 12, right: 0, share: 1 });
  expect(biased.sides.p).toBeCloseTo(2 / 2 ** 12, 12);
  expect(biased.pairs[0].rate.withoutTies).toBe(0.5);
  const better = Array.from({ length: 12 }, (_, i) =>
    i % 2 === 0 ? vote("old", "new", 2) : vote("new", "old", -2),
  );
  expect(comparisonResults(better).sides).toMatchObject({ share: 0.5, p: 1 });
});

test("nothing compared says nothing", () => {
  const { pairs, sides } = comparisonResults<Model>([]);
  expect(pairs).toEqual([]);
  expect(sides).toEqual({ left: 0, right: 0, share: null, interval: [0, 1], p: 1 });
});

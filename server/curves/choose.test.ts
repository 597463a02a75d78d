import { expect, it } from "vitest";
import { smallRewardPreset } from "../ml/rlhf/reward-config";
import { candidates, choiceTable, finalists, partsOf } from "./choose";

it("takes the debates of folds 3 and 4 alone, in three parts", () => {
  const ranking = (debate: string) => {
    return { debate, example: { prompt: "", completions: [], groups: [] } };
  };
  const rankings = Array.from("abcdefghijklmno", ranking).toReversed();
  expect([...partsOf([...rankings, ...rankings])]).toEqual([
    ["d", 0],
    ["e", 1],
    ["i", 2],
    ["j", 0],
    ["n", 1],
    ["o", 2],
  ]);
});

it("orders what came near the best by the first seed by the mean over parts and seeds", () => {
  const row = (candidate: string, seed: number, accuracy: number) => ({
    candidate,
    seed,
    accuracy,
  });
  const rows = [
    row("far", 1, 0.67),
    row("a", 1, 0.73),
    row("a", 1, 0.69),
    row("b", 1, 0.7),
    row("a", 2, 0.65),
    row("b", 3, 0.71),
  ];
  const left = finalists(rows);
  expect(left.map(({ candidate }) => candidate)).toEqual(["b", "a"]);
  expect(left[0].accuracy).toBeCloseTo(0.705, 12);
  expect(left[1].accuracy).toBeCloseTo(0.69, 12);
});

it("found the preset best in the table that the repository has", async () => {
  const [best] = finalists(await choiceTable.rows());
  expect(candidates[best.candidate]).toEqual(smallRewardPreset);
});

import { expect, test } from "vitest";
import { made } from "./testing";
import { layoutOf } from "./tree-layout";

const base = made("base", null, 1);
const sft = made("sft", "base", 2, { runKind: "sft" });
const reward1 = made("reward 1", "sft", 3, { kind: "reward" });
const policy2 = made("policy 2", "sft", 4, { rewardModelIds: [reward1.id ]});
const reward2 = made("reward 2", "sft", 5, { kind: "reward" });
const policy3 = made("policy 3", "policy 2", 6, { rewardModelIds: [reward2.id ]});
const all = [policy3, reward2, policy2, reward1, sft, base];

test("policies go on in one row, reward models stand below, and each has a place of its own", () => {
  const { placed, columns, rows } = layoutOf(all);
  const at = Object.fromEntries(placed.map(({ model, column, row }) => [model.name, [column, row]]));
  expect(at).toEqual({
    base: [0, 0],
    sft: [1, 0],
    "policy 2": [2, 0],
    "policy 3": [3, 0],
    "reward 1": [2, 1],
    "reward 2": [2, 2],
  });
  expect([columns, rows]).toEqual([4, 3]);
});

test("each line says from what to what: the model that it started from, or that scored it", () => {
  const { edges } = layoutOf(all);
  const lines = edges.map(({ from, to, role }) => `${from.model.name} ${role} ${to.model.name}`);
  expect(lines.toSorted()).toEqual([
    "base parent sft",
    "policy 2 parent policy 3",
    "reward 1 reward policy 2",
    "reward 2 reward policy 3",
    "sft parent policy 2",
    "sft parent reward 1",
    "sft parent reward 2",
  ]);
});

test("two families stand below each other", () => {
  const { placed } = layoutOf([...all, made("lone", null, 9)]);
  expect(placed.find(({ model }) => model.name === "lone")).toMatchObject({ column: 0, row: 3 });
});

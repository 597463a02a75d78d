import { expect, test } from "vitest";
import { stepsOf } from "./round-steps";

const nothing = { snapshot: null, rewardModel: null, decided: [] };
const states = (round: Parameters<typeof stepsOf>[0]) => stepsOf(round).map((step) => step.state);

test("what is past is done, the rest is for later, and a gate waits", () => {
  expect(states({ ...nothing, status: "collecting" })).toEqual([
    "done",
    "waiting",
    "later",
    "later",
    "later",
    "later",
  ]);
  expect(states({ ...nothing, status: "improving" })).toEqual([
    "done",
    "passed",
    "done",
    "passed",
    "now",
    "later",
  ]);
  expect(new Set(states({ ...nothing, status: "done" }))).toEqual(new Set(["done", "passed"]));
});

test("a failed round stands at the step that failed", () => {
  const failed = { ...nothing, status: "failed" } as const;
  expect(states(failed)[0]).toBe("failed");
  const passed = {
    gate: "train",
    decision: "passed",
    at: "2026-01-01T00:00:00Z",
    by: null,
    ways: [],
  } as const;
  expect(states({ ...failed, decided: [passed] })[2]).toBe("failed");
  const rewardModel = { id: "m", name: "reward" } as Parameters<typeof stepsOf>[0]["rewardModel"];
  expect(states({ ...failed, rewardModel, decided: [passed] })[4]).toBe("failed");
});

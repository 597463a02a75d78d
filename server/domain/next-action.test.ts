import { describe, expect, test } from "vitest";
import { type LoopState, nextActions, trainFrom } from "./next-action";

const collecting: LoopState = {
  campaignId: "c",
  status: "open",
  round: 1,
  phase: "collecting",
  prompts: 200,
  tasksPerRound: 60,
  hasPolicy: true,
  demonstrationsToReview: 0,
  rankingsDone: 0,
  rankingsWanted: 60,
  rankingsUsable: 60,
  tasksForMe: 12,
  run: null,
  making: false,
  answeredRounds: 1,
};
const kinds = (...args: Parameters<typeof nextActions>) => nextActions(...args).map((a) => a.kind);

describe("an admin", () => {
  test("starts with a campaign", () => {
    expect(kinds("admin", null)).toEqual(["create-campaign"]);
  });

  test("is told what a draft lacks before being told to open it", () => {
    const draft = { ...collecting, status: "draft", phase: null, tasksForMe: 0 } as const;
    expect(nextActions("admin", { ...draft, prompts: 20, hasPolicy: false })).toEqual([
      { kind: "choose-policy", campaignId: "c" },
      { kind: "add-prompts", campaignId: "c", missing: 40 },
    ]);
    expect(kinds("admin", { ...draft, prompts: 0 })).toEqual(["add-prompts"]);
    expect(kinds("admin", { ...draft, prompts: 20 })).toEqual(["open", "add-prompts"]);
    expect(kinds("admin", draft)).toEqual(["open"]);
  });

  test("need do nothing for a campaign that the worker is still making", () => {
    const making = { ...collecting, status: "draft", phase: null, hasPolicy: false } as const;
    expect(kinds("admin", { ...making, tasksForMe: 0, making: true })).toEqual([]);
    const sft = { ...making, making: true, run: { id: "r", kind: "sft" } } as const;
    expect(kinds("admin", sft)).toEqual(["watch-run"]);
  });

  test("ranks or collects while rankings are few, and trains when they suffice", () => {
    expect(kinds("admin", collecting)).toEqual(["rank", "collect"]);
    expect(kinds("admin", { ...collecting, rankingsDone: 10 })[0]).toBe("rank");
    expect(kinds("admin", { ...collecting, rankingsDone: trainFrom(60) })[0]).toBe("train");
    const onlySimulated = { ...collecting, rankingsDone: 60, rankingsUsable: 0 };
    expect(kinds("admin", onlySimulated)).not.toContain("train");
    expect(kinds("admin", { ...collecting, rankingsDone: 60, tasksForMe: 0 })).toEqual([
      "train",
      "export",
    ]);
  });

  test("judges what stands at a gate, and may rank meanwhile", () => {
    const trained = { ...collecting, phase: "trained", rankingsDone: 60 } as const;
    expect(nextActions("admin", trained).slice(0, 2)).toEqual([
      { kind: "judge-gate", campaignId: "c", round: 1, gate: "improve" },
      { kind: "rank", campaignId: "c", count: 12 },
    ]);
    const improved = { ...trained, phase: "improved", tasksForMe: 0 } as const;
    expect(nextActions("researcher", improved)[0]).toMatchObject({ gate: "renew" });
  });

  test("watches what runs, and mends what failed", () => {
    const ppo = { ...collecting, phase: "improving", run: { id: "r", kind: "ppo" } } as const;
    expect(nextActions("admin", ppo)).toEqual([
      { kind: "watch-run", campaignId: "c", runId: "r", run: "ppo" },
    ]);
    expect(kinds("admin", { ...collecting, phase: "answering" })[0]).toBe("watch-answers");
    expect(kinds("admin", { ...collecting, phase: "failed" })[0]).toBe("mend-round");
  });
});

test("a researcher is never told to do an admin's work", () => {
  expect(nextActions("researcher", null)).toEqual([]);
  const ready = { ...collecting, tasksForMe: 0, rankingsDone: 60, demonstrationsToReview: 4 };
  expect(kinds("researcher", { ...ready, answeredRounds: 2 })).toEqual([
    "train",
    "read-answers",
    "export",
  ]);
  expect(kinds("researcher", { ...collecting, status: "draft", phase: null })).toEqual([]);
});

test("a labeler only ranks", () => {
  expect(kinds("labeler", { ...collecting, rankingsDone: 60 })).toEqual(["rank"]);
  expect(kinds("labeler", { ...collecting, status: "paused" })).toEqual([]);
});

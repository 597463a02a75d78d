import { expect, test } from "vitest";
import { planCharts } from "./chart-plan";
import { verdictOf } from "./verdict";

const line = (...ys: number[]) => ys.map((y, x) => ({ x, y }));

test("reward and truth share a chart, KL has its own, and nothing measured is lost", () => {
  const measured = new Set([
    "lr",
    "objective/scores",
    "truth/exact",
    "objective/kl",
    "policy/clipfrac_avg",
    "objective/entropy",
    "completions/mean_length",
    "completions/min_length",
    "completions/max_length",
    "something/new",
  ]);
  const { large, small } = planCharts("ppo", measured, false);
  expect(large.map((chart) => [chart.question, chart.panels.length])).toEqual([
    ["learning", 2],
    ["drifting", 1],
    ["cheating", 2],
  ]);
  expect(small).toEqual(["policy/clipfrac_avg", "lr", "something/new"]);
});

test("without a verifier there is no empty truth panel; a queued run shows what it waits for", () => {
  const { large } = planCharts("ppo", new Set(), true);
  expect(large.map((chart) => chart.panels.length)).toEqual([1, 1, 1]);
  expect(planCharts("ppo", new Set(), false).large).toEqual([]);
  expect(planCharts("sft", new Set(["loss"]), true).large.map((c) => c.question)).toEqual([
    "fitting",
  ]);
});

test("a reward run's interval and baseline belong to its large chart", () => {
  const measured = new Set([
    "loss",
    "eval/accuracy",
    "eval/accuracy_low",
    "eval/accuracy_high",
    "eval/length_baseline",
    "eval/ece",
  ]);
  expect(planCharts("reward", measured, false).small).toEqual(["eval/ece"]);
});

test("reward up and truth down is gaming; both up is learning; reward alone proves nothing", () => {
  expect(verdictOf(line(0, 1, 2, 3, 4), line(0.55, 0.3, 0.07)).kind).toBe("gaming");
  expect(verdictOf(line(0, 1, 2, 3, 4), line(0.55, 0.8)).kind).toBe("learning");
  expect(verdictOf(line(0, 1, 2, 3, 4), []).kind).toBe("reward-alone");
  expect(verdictOf(line(0, 1, 2, 3, 4), line(0.5, 0.51)).kind).toBe("unclear");
  expect(verdictOf(line(0, 1), line(0.5, 0.9)).kind).toBe("early");
});

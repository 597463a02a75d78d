import { describe, expect, test } from "vitest";
import { costsOf, finishOf } from "./forecast";

describe("when work will be done", () => {
  test("the pace of late goes on, within what a Poisson count allows", () => {
    // exact 90 % limits of a count of 10 are 5.425 and 16.962 (chi-square quantiles / 2)
    const { hours, soonest, latest } = finishOf(30, 10, 4)!;
    expect(hours).toBe(12);
    expect(120 / soonest).toBeCloseTo(16.962, 1);
    expect(120 / latest).toBeCloseTo(5.425, 1);
  });

  test("one alone says little, and nothing says nothing", () => {
    const { soonest, latest } = finishOf(10, 1, 1)!;
    expect(soonest).toBeLessThan(10);
    expect(latest).toBeGreaterThan(100);
    expect(finishOf(10, 0, 24)).toBeNull();
    expect(finishOf(0, 0, 24)).toEqual({ hours: 0, soonest: 0, latest: 0 });
  });
});

test("gold is paid though it fills no place", () => {
  const pay = { currency: "USD", ranking: 0.5, demonstration: 2 };
  const work = { rankings: 40, demonstrations: 3, seconds: 2400, missing: 90, goldRate: 0.1 };
  expect(costsOf(pay, work)).toEqual({ currency: "USD", spent: 26, remaining: 50, perHour: 30 });
  expect(costsOf(pay, { ...work, rankings: 0, seconds: 0 }).perHour).toBeNull();
});

import * as fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { dialect } from "../db/dialect";
import { forEachDialect } from "../db/testing";
import { fairness } from "./labeling-fairness-testing";

forEachDialect((makeDb) => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("whatever labelers and servers do, no task is over-collected, served to the wrong one or twice, or starved", async () => {
    const run = await fc.check(fairness(makeDb), { numRuns: dialect === "sqlite" ? 20 : 4 });
    expect(await fc.asyncDefaultReportMessage(run)).toBeUndefined();
  }, 120_000);
});

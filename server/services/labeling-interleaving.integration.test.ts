import * as fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
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
    const run = await fc.check(fairness(makeDb), { numRuns: 300 });
    expect(await fc.asyncDefaultReportMessage(run)).toBeUndefined();
  }, 300_000);
});

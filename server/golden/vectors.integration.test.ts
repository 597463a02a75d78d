import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runGolden } from "./golden";

test("every vector that the repository carries is checked, and right", async () => {
  const outcomes = await runGolden(fileURLToPath(new URL("vectors", import.meta.url)));
  expect(outcomes.filter(({ status }) => status !== "passed")).toEqual([]);
  expect(outcomes.length).toBeGreaterThan(120);
});

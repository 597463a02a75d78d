import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { configOf, describeConfig } from "./config";
import { editDistance, nearest } from "./nearest";

const schema = z.strictObject({
  learningRate: z.number().positive().default(0.1).describe("Peak learning rate"),
  batchSize: z.int().positive().default(8).describe("Rankings an update"),
  overlong: z.enum(["error", "drop"]).default("error"),
  maxSteps: z.int().nullable().default(null),
});

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "revealed-config-"));
});
afterEach(() => rm(dir, { recursive: true }));

async function file(content: unknown): Promise<string> {
  const name = path.join(dir, "c.json");
  await writeFile(name, typeof content === "string" ? content : JSON.stringify(content));
  return name;
}

describe("configuration", () => {
  test("flags go over the file, the file over what flags imply, that over defaults", async () => {
    const config = await configOf(
      schema,
      { batchSize: 2, learningRate: undefined },
      await file({ learning_rate: 0.5, "batch-size": 4, overlong: "error" }),
      { overlong: "drop", maxSteps: 3 },
    );
    expect(config).toEqual({ learningRate: 0.5, batchSize: 2, overlong: "error", maxSteps: 3 });
  });

  test.each([
    [{ learnigRate: 1 }, 'unknown option "learnigRate"; did you mean "learningRate"?'],
    [{ batch: 1 }, 'did you mean "batchSize"?'],
    [{ batchSize: 0 }, 'option "batchSize" cannot be 0'],
    [{ overlong: "cut" }, 'option "overlong" cannot be "cut"'],
    ["[1]", "holds no JSON object"],
    ["{", "is not JSON"],
  ])("%j is refused by name", async (content, message) => {
    await expect(configOf(schema, {}, await file(content))).rejects.toThrow(message);
  });

  test("a file that is not there", async () => {
    await expect(configOf(schema, {}, path.join(dir, "none"))).rejects.toThrow("cannot be read");
  });

  test("help names every option with its default and meaning", () => {
    expect(describeConfig(schema).split("\n")[0]).toBe(
      "  learningRate  0.1      Peak learning rate",
    );
  });
});

test.each([
  ["", "abc", 3],
  ["learnigRate", "learningRate", 1],
  ["acb", "abc", 1],
  ["kitten", "sitting", 3],
])("%s is %s but for %i letters", (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
});

test("the nearest name forgets case and hyphens", () => {
  expect(nearest("batch_sizes", ["learningRate", "batchSize"])).toBe("batchSize");
  expect(nearest("x", [])).toBeNull();
});

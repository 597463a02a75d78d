import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { expectClose } from "./close";
import { runGolden } from "./golden";
import { casesIn } from "./skipped";

const vectors = fileURLToPath(new URL("vectors", import.meta.url));
let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "revealed-golden-"));
});
afterEach(() => rm(root, { recursive: true }));

const statuses = async () =>
  (await runGolden(root)).map(({ topic, status, why }) => ({ topic, status, why }));

test("vectors are known by their shape, whatever their folders and files are called", async () => {
  await mkdir(path.join(root, "some/deep"), { recursive: true });
  await cp(path.join(vectors, "reward/kwise.json"), path.join(root, "some/deep/x.json"));
  const outcomes = await runGolden(root);
  expect(outcomes).toHaveLength(5);
  expect(outcomes.map(({ status }) => status)).toEqual(Array(5).fill("passed"));
  expect(outcomes[0]).toMatchObject({ topic: "some", name: "deep/x 1 (K 2)" });
});

test("one wrong number is a failure that says where", async () => {
  const text = await readFile(path.join(vectors, "reward/kwise.json"), "utf8");
  const rows = JSON.parse(text) as { implied_pairs: { grad: number[] } }[];
  rows[1].implied_pairs.grad[2] += 1e-6;
  await mkdir(path.join(root, "reward"));
  await writeFile(path.join(root, "reward/kwise.json"), JSON.stringify(rows));
  const failed = (await statuses()).filter(({ status }) => status === "failed");
  expect(failed).toHaveLength(1);
  expect(failed[0].why).toMatch(/^gradient by implied_pairs at 2 of 4: got .*, expected /);
});

test("no folder, no topic, a topic without a case: failures", async () => {
  expect(await statuses()).toMatchObject([
    { status: "failed", why: expect.stringMatching("no folder") },
  ]);
  await mkdir(path.join(root, "empty"));
  expect(await statuses()).toMatchObject([
    { topic: "empty", status: "failed", why: "this folder holds no case" },
  ]);
  await rm(path.join(root, "empty"), { recursive: true });
  expect(await runGolden(path.join(root, "none"))).toMatchObject([{ status: "failed" }]);
});

test("a shape that nobody knows is skipped, each of its cases", async () => {
  await mkdir(path.join(root, "later"));
  await writeFile(path.join(root, "later/a.json"), '[{"x":1},{"x":2}]');
  expect(await statuses()).toMatchObject([{ status: "skipped" }, { status: "skipped" }]);
  expect(casesIn({ a: [{ b: 1 }, { b: 2 }], c: { d: 1 }, note: "x", n: [1, 2] })).toBe(3);
  expect(casesIn("x")).toBe(1);
});

test("numbers: tolerance, length, masks, NaN", () => {
  const close = (got: number[], expected: number[], where?: number[]) => () =>
    expectClose("x", got, expected, { abs: 1e-3, rel: 1e-3 }, where);
  expect(close([1, 1000.9], [1, 1000])).not.toThrow();
  expect(close([1, 1001.1], [1, 1000])).toThrow("x at 1 of 2: got 1001.1, expected 1000");
  expect(close([1], [1, 2])).toThrow("got 1 numbers, expected 2");
  expect(close([1, 5], [1, 2], [1, 0])).not.toThrow();
  expect(close([NaN], [1])).toThrow("got NaN");
  expect(close([NaN], [NaN])).not.toThrow();
  expect(() => expectClose("y", [-Infinity], ["-Infinity"], { abs: 0 })).not.toThrow();
});

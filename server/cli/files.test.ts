import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { promptRow } from "../domain/formats/sft";
import { hashOf, readRows, writeLines } from "./files";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "revealed-files-"));
});
afterEach(() => rm(dir, { recursive: true }));

const at = (name: string) => path.join(dir, name);
const rows = '{"prompt":"a"}\n{"prompt":"é 😀"}\n';
const prompts = async (name: string) => (await readRows(at(name), promptRow)).map((r) => r.prompt);

describe("reading", () => {
  test("plain and gzipped files, told by their bytes; several gzip members too", async () => {
    await writeFile(at("a.jsonl"), rows);
    await writeFile(at("b.jsonl"), gzipSync(rows));
    await writeFile(at("c.gz"), Buffer.concat([gzipSync(rows), gzipSync(rows)]));
    expect(await prompts("a.jsonl")).toEqual(["a", "é 😀"]);
    expect(await prompts("b.jsonl")).toEqual(["a", "é 😀"]);
    expect(await prompts("c.gz")).toHaveLength(4);
  });

  test("what cannot be read says why", async () => {
    await writeFile(at("cut.gz"), gzipSync(rows.repeat(50)).subarray(0, 40));
    await writeFile(at("t.parquet"), "PAR1xxxx");
    await writeFile(at("empty"), "");
    await writeFile(at("blank.jsonl"), "\n \n");
    await mkdir(at("folder"));
    await expect(prompts("cut.gz")).rejects.toThrow("damaged or cut short");
    await expect(prompts("t.parquet")).rejects.toThrow("is a Parquet file");
    await expect(prompts("empty")).rejects.toThrow("is empty");
    await expect(prompts("blank.jsonl")).rejects.toThrow("is empty");
    await expect(prompts("folder")).rejects.toThrow("is a folder");
    await expect(prompts("none")).rejects.toThrow("does not exist");
  });
});

describe("writing", () => {
  test("makes folders, packs .gz, leaves nothing beside", async () => {
    await writeLines(at("deep/er/x.jsonl.gz"), ["1", "2"]);
    expect(gunzipSync(await readFile(at("deep/er/x.jsonl.gz"))).toString()).toBe("1\n2\n");
    expect(await readdir(at("deep/er"))).toEqual(["x.jsonl.gz"]);
  });

  test("a failure keeps the old file", async () => {
    await writeFile(at("x"), "old");
    function* broken() {
      yield "new";
      throw new Error("no more");
    }
    await expect(writeLines(at("x"), broken())).rejects.toThrow("no more");
    expect(await readFile(at("x"), "utf8")).toBe("old");
    expect(await readdir(dir)).toEqual(["x"]);
  });

  test("the hash is that of the bytes", async () => {
    await writeFile(at("x"), "abc");
    expect(await hashOf(at("x"))).toMatch(/^ba7816bf/);
  });
});

import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { symbolTokenizer } from "../ml/text/symbol-tokenizer";
import { foldsOf, readDebates } from "./debates";

const row = (topic: unknown) =>
  JSON.stringify({
    prompt: "why?",
    topic,
    completions: ["a", "b"].map((text) => ({ id: text, text })),
    ranking: [["a"], ["b"]],
    not_rankable: [],
  });

async function fileOf(topics: unknown[]): Promise<string> {
  const file = path.join(await mkdtemp(path.join(tmpdir(), "debates-")), "rankings.jsonl");
  await writeFile(file, topics.map(row).join("\n"));
  return file;
}

it("puts both sides of a debate into one fold, by the debate's name", async () => {
  const topics = ["f_no", "b_yes", "a_no", "b_no", "c", "d_x_y", "e_no"];
  const rankings = await readDebates(await fileOf(topics), symbolTokenizer("abc"));
  expect(rankings.map(({ debate }) => debate)).toEqual(["f", "b", "a", "b", "c", "d", "e"]);
  expect([...foldsOf(rankings)]).toEqual([
    ["a", 0],
    ["b", 1],
    ["c", 2],
    ["d", 3],
    ["e", 4],
    ["f", 0],
  ]);
});

it("names the line that has no topic", async () => {
  const file = await fileOf(["a_no", 7]);
  await expect(readDebates(file, symbolTokenizer("abc"))).rejects.toThrow(
    /line 2: it has no "topic"/,
  );
});

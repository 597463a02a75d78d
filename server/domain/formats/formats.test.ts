import { describe, expect, test } from "vitest";
import { AppError } from "../app-error";
import { kwiseRow, kwiseRowOf } from "./kwise";
import { linesOf, rowsOf } from "./lines";
import { orderedPairs, pairsOf, tiedPairs } from "./pairs";
import { extractPrompt, preferenceRow } from "./preference";
import { rankedRow, scorableRow } from "./ranked";
import { objectOf } from "./row";
import { promptRow, sftRow } from "./sft";

const where = { file: "data.jsonl", line: 7 };

async function* chunked(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.slice(i, i + size);
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const lines = (text: string, size = 3) =>
  collect(linesOf(chunked(new TextEncoder().encode(text), size), "data.jsonl"));

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError && error.code === "bad-input") return error.message;
    throw error;
  }
  return "no error";
}

const completion = (id: string, text = `text of ${id}`) => ({ id, text });
const kwise = (change: object = {}) => ({
  id: "r",
  prompt: "p",
  completions: ["a", "b", "c", "d"].map((id) => completion(id)),
  ranking: [["b", "c"], ["a"]],
  not_rankable: ["d"],
  ...change,
});

describe("lines", () => {
  test("LF only, numbered from 1, blank ones counted, BOM and CR taken off", async () => {
    expect(await lines('\uFEFF{"a":1}\r\n\n  \n"x\u2028y 😀"')).toEqual([
      { line: 1, text: '{"a":1}' },
      { line: 4, text: '"x\u2028y 😀"' },
    ]);
  });

  test("every chunk size gives the same lines", async () => {
    const text = '{"p":"한국어 😀 é"}\r\n{"p":"b"}\n';
    const whole = await lines(text, 1000);
    for (const size of [1, 2, 5, 17]) expect(await lines(text, size)).toEqual(whole);
  });

  test("bytes that are not UTF-8 name their line", async () => {
    const bytes = Uint8Array.from([0x7b, 0x7d, 0x0a, 0xff, 0xfe, 0x0a]);
    await expect(collect(linesOf(chunked(bytes, 2), "f"))).rejects.toThrow(
      "f, line 2: these bytes",
    );
  });

  test("an empty file is said to be empty", async () => {
    const rows = rowsOf(linesOf(chunked(new Uint8Array(), 1), "f.jsonl"), "f.jsonl", promptRow);
    await expect(collect(rows)).rejects.toThrow("f.jsonl is empty");
  });

  test("malformed JSON and other than an object", () => {
    expect(messageOf(() => objectOf('{"a": 1', where))).toContain(
      "data.jsonl, line 7: this is not JSON",
    );
    expect(messageOf(() => objectOf('["a"]', where))).toContain("a list, not an object");
    expect(messageOf(() => objectOf("3", where))).toContain("number, not an object");
  });
});

describe("K-wise rows", () => {
  test("are read as groups of indices", () => {
    const row = rankedRow(kwise(), where);
    expect(row.groups).toEqual([[1, 2], [0]]);
    expect(row.notRankable).toEqual([3]);
    expect(row.completions.map((c) => c.id)).toEqual(["a", "b", "c", "d"]);
  });

  test("a completion may be left unranked, ids may be numbers", () => {
    const row = rankedRow(
      {
        prompt: "p",
        completions: [
          { id: 1, text: "x" },
          { id: 2, text: "y" },
        ],
        ranking: [[2]],
      },
      where,
    );
    expect(row.groups).toEqual([[1]]);
    expect(row.notRankable).toEqual([]);
  });

  test.each([
    [
      "K = 1",
      { completions: [completion("a")], ranking: [["a"]], not_rankable: [] },
      "has 1 completion;",
    ],
    [
      "K = 10",
      { completions: Array.from({ length: 10 }, (_, i) => completion(`c${i}`)), ranking: [["c1"]] },
      "has 10 completions; give 2 to 9",
    ],
    [
      "an id twice",
      { completions: [completion("a"), completion("a", "other")] },
      'id "a" twice (dup',
    ],
    [
      "an id and a text twice",
      { completions: [completion("a"), completion("a")] },
      "same text too",
    ],
    [
      "one text only",
      {
        completions: [completion("a", "x"), completion("b", "x")],
        ranking: [["a"], ["b"]],
        not_rankable: [],
      },
      "duplicates of one text",
    ],
    ["an unknown completion", { ranking: [["a"], ["q"]] }, 'field "ranking" names "q", which no'],
    ["one twice", { ranking: [["a"], ["b", "a"]] }, '"ranking" names "a" twice'],
    ["in both lists", { ranking: [["a"], ["d"]] }, 'in both "ranking" and "not_rankable"'],
    ["an empty ranking", { ranking: [], not_rankable: [] }, 'field "ranking" is empty'],
    ["no ranking", { ranking: undefined }, 'field "ranking" is missing (the row has'],
    [
      "a text that is none",
      { completions: [completion("a"), { id: "b", text: 3 }] },
      'field "completions[1].text"',
    ],
  ])("%s is named, with its line", (_, change, expected) => {
    const message = messageOf(() => kwiseRow(kwise(change), where));
    expect(message).toContain("data.jsonl, line 7: ");
    expect(message).toContain(expected);
  });

  test("one text under two ids is kept and told", () => {
    const completions = [completion("a", "x"), completion("b", "x"), completion("c", "y")];
    const row = rankedRow({ prompt: "p", completions, ranking: [["a"], ["b"], ["c"]] }, where);
    expect(row.duplicates).toEqual([["a", "b"]]);
  });

  test("a written row reads back the same", () => {
    const written = kwiseRowOf({
      id: "r",
      prompt: "p",
      completions: [completion("a", "é\u2028"), completion("b")],
      groups: [["b"], ["a"]],
      labeler: "l1",
    });
    const read = rankedRow(objectOf(JSON.stringify(written), where), where);
    expect(read.groups).toEqual([[1], [0]]);
    expect(read.completions[0].text).toBe("é\u2028");
  });
});

describe("pairs", () => {
  test("a ranking with ties is worth one for every two it orders", () => {
    expect(orderedPairs([["c2", "c3"], ["c0"], ["c4"]])).toHaveLength(5);
    expect(tiedPairs([["x", "y", "z"], ["w"]])).toEqual([
      ["x", "y"],
      ["x", "z"],
      ["y", "z"],
    ]);
    const pairs = pairsOf({
      id: "r9",
      prompt: "p",
      completions: [completion("a", "A"), completion("b", "B")],
      groups: [["b"], ["a"]],
    });
    expect(pairs).toEqual([{ prompt: "p", chosen: "B", rejected: "A", ranking_id: "r9" }]);
  });

  test("TRL rows: strings, conversations, margin", () => {
    expect(
      rankedRow({ prompt: "p", chosen: "a", rejected: "b", margin: 1.5 }, where),
    ).toMatchObject({
      groups: [[0], [1]],
      margin: 1.5,
    });
    const chat = (content: string) => [{ role: "assistant", content }];
    const row = preferenceRow(
      { prompt: [{ role: "user", content: "q" }], chosen: chat("y"), rejected: chat("n") },
      where,
    );
    expect(row.chosen).toEqual(chat("y"));
  });

  test.each([
    ["The sky is blue.", "The sky is green.", "The sky is", " blue.", " green."],
    ["Q: 2+2? A: 4", "Q: 2+2? A: 5 한국어", "Q: 2+2? A:", " 4", " 5 한국어"],
    ["x😀", "x😁", "x", "😀", "😁"],
    ["abc", "xyz", "", "abc", "xyz"],
  ])("the prompt inside both sides of %j", (chosen, rejected, prompt, a, b) => {
    expect(extractPrompt(chosen, rejected)).toEqual({ prompt, chosen: a, rejected: b });
  });

  test.each([
    [{ prompt: "p", chosen: "a" }, 'field "rejected" is missing'],
    [{ prompt: "p", chosen: "a", rejected: 3 }, 'field "rejected": expected text'],
    [{ prompt: "p", chosen: "a", rejected: "a" }, "duplicate completions"],
    [{ prompt: "p" }, "no ranking"],
  ])("%j is named", (row, expected) => {
    expect(messageOf(() => rankedRow(row, where))).toContain(expected);
  });
});

describe("demonstrations and prompts", () => {
  test("the three shapes", () => {
    expect(sftRow({ prompt: "p", completion: "c" }, where)).toMatchObject({
      prompt: "p",
      completion: "c",
    });
    expect(sftRow({ text: "t" }, where)).toMatchObject({ prompt: "", completion: "t" });
    const turns = ["user", "assistant", "user", "assistant"].map((role, i) => ({
      role,
      content: `${i}`,
    }));
    const row = sftRow({ messages: turns }, where);
    expect(row.prompt).toEqual(turns.slice(0, 3));
    expect(row.completion).toEqual(turns.slice(3));
  });

  test.each([
    [{ prompt: "p" }, 'field "completion" is missing'],
    [{ prompt: "p", chosen: "a", rejected: "b" }, "this is a ranking"],
    [{ prompt: "p", completion: "c", label: false }, "unpaired"],
    [{ messages: [{ role: "user", content: "q" }] }, 'ends with a turn of "user"'],
    [{ text: 5 }, 'field "text"'],
    [{}, "no field to train on"],
  ])("%j is named", (row, expected) => {
    expect(messageOf(() => sftRow(row, where))).toContain(expected);
  });

  test("a prompt is read out of any row that has one", () => {
    const row = promptRow(
      { id: "x", topic: "t", prompt: "p", completion: "c", scores: [1] },
      where,
    );
    expect(row).toEqual({ where, prompt: "p", fields: { id: "x", topic: "t" } });
    expect(messageOf(() => promptRow({ text: "t" }, where))).toContain('field "prompt" is missing');
  });

  test("what can be scored", () => {
    expect(scorableRow({ prompt: "p", completion: "c" }, where).completions).toEqual(["c"]);
    expect(
      scorableRow({ prompt: "p", completions: [completion("a")] }, where).completions,
    ).toHaveLength(1);
    expect(scorableRow({ prompt: "p", chosen: "a", rejected: "b" }, where).completions).toEqual([
      "a",
      "b",
    ]);
  });
});

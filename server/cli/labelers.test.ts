import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { runCommand } from "./run";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "labelers-"));
});
afterEach(() => rm(dir, { recursive: true }));

/** Writes rows to a file. @returns its path */
async function rowsIn(name: string, rows: readonly object[]): Promise<string> {
  const file = path.join(dir, name);
  const text = rows.map((row) => JSON.stringify(row)).join("\n");
  await writeFile(file, name.endsWith(".gz") ? gzipSync(text) : text);
  return file;
}

async function run(...args: string[]) {
  const [stdout, stderr] = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, "write").mockReturnValue(true),
  );
  try {
    const code = await runCommand(args);
    const said = (spy: typeof stdout) => spy.mock.calls.map(([text]) => String(text)).join("");
    return { code, stdout: said(stdout), stderr: said(stderr) };
  } finally {
    stdout.mockRestore();
    stderr.mockRestore();
  }
}

async function json(...args: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await run(...args, "--json", "--quiet");
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return JSON.parse(stdout.trim().split("\n").at(-1)!) as Record<string, unknown>;
}

/** A K-wise row of texts a, b, c …; `ids` are drawn anew for each labeler. */
function ranked(labeler: string | null, order: string, ids = "xyz", more: object = {}) {
  const texts = order
    .replaceAll(/[^a-z]/g, "")
    .split("")
    .sort();
  const idOf = (text: string) => ids[texts.indexOf(text)];
  return {
    prompt: "p",
    completions: texts.map((text) => ({ id: idOf(text), text })),
    ranking: order.split(">").map((group) => group.split("=").map(idOf)),
    ...(labeler === null ? {} : { labeler }),
    ...more,
  };
}

describe("agreement", () => {
  test("two labelers, b > c > a and a > c > b: τ-b is −1, whatever the ids", async () => {
    const file = await rowsIn("r.jsonl.gz", [ranked("1", "b>c>a"), ranked("2", "a>c>b", "zxy")]);
    expect(await json("agreement", file)).toMatchObject({
      alpha: expect.closeTo(1 - (5 * 32) / 96, 12) as number,
      pairwise: 0,
      tau_b: -1,
      w: 0,
      compared: 3,
      labelers: 2,
      prompts: 1,
      rankings: 2,
    });
  });

  test("pairs of one ranking are put together again; one labeler's pairs are no overlap", async () => {
    const pair = (chosen: string, rejected: string, of: object) => {
      return { prompt: "p", chosen, rejected, ...of };
    };
    const [one, two] = [
      { ranking_id: "r1", labeler: "1" },
      { ranking_id: "r2", labeler: "2" },
    ];
    const file = await rowsIn("pairs.jsonl", [
      pair("a", "b", one),
      pair("a", "c", one),
      pair("b", "c", one),
      pair("a", "b", two),
      pair("a", "c", two),
    ]);
    // of the second, b and c are a tie
    expect(await json("agreement", file)).toMatchObject({
      agree: 2,
      compared: 3,
      ties: 1,
      votes: 6,
    });
  });

  test("by a field, only where a field has a value, and each prompt to a file", async () => {
    const rows = [
      ranked("1", "a>b>c", "xyz", { topic: "t" }),
      ranked("2", "a>b>c", "xyz", { topic: "t" }),
      ranked("1", "a>b>c", "xyz", { topic: "u" }),
      ranked("2", "c>b>a", "xyz", { topic: "u" }),
    ];
    const file = await rowsIn("r.jsonl", rows);
    const out = path.join(dir, "by-prompt.jsonl");
    const { groups, ...all } = await json("agreement", file, "--by", "topic", "--out", out);
    expect(all).toMatchObject({ agree: 3, compared: 6, tau_b: 0 });
    expect(groups).toMatchObject([
      { topic: "t", alpha: 1, pairwise: 1, tau_b: 1, w: 1 },
      { topic: "u", pairwise: 0, tau_b: -1, w: 0 },
    ]);
    const lines = (await readFile(out, "utf8")).trim().split("\n");
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { prompt: "p", tau_b: 1 },
      { prompt: "p", tau_b: -1 },
    ]);
    expect(await json("agreement", file, "--only", "topic=u")).toMatchObject({ tau_b: -1 });
  });

  test("what is undefined is null, and who is not named is said", async () => {
    const file = await rowsIn("r.jsonl", [ranked(null, "a>b>c"), ranked("1", "a=b=c")]);
    expect(await json("agreement", file)).toMatchObject({ tau_b: null, w: 0.5, pairwise: 0 });
    expect((await run("agreement", file)).stderr).toContain("1 of 2 rankings name no labeler");
    const alone = await rowsIn("alone.jsonl", [ranked("1", "a>b>c")]);
    expect(await json("agreement", alone)).toMatchObject({ alpha: null, pairwise: null, w: null });
  });

  test.each([
    [{ prompt: "p" }, [], "line 1: this is no ranking"],
    [ranked("1", "a>b>c", "xyz", { ranking: [["q"]] }), [], 'line 1: field "ranking" names "q"'],
    [ranked("1", "a>b>c"), ["--by", "topic"], 'line 1: field "topic" is missing'],
    [ranked("1", "a>b>c"), ["--only", "topic"], "write FIELD=VALUE"],
    [ranked("1", "a>b>c"), ["--only", "prompt=q"], "no row has prompt=q"],
  ])("bad input is one sentence: %j %j", async (row, flags: string[], message) => {
    const file = await rowsIn("r.jsonl", [row]);
    for (const command of ["agreement", "aggregate"]) {
      if (command === "aggregate" && flags.includes("--by")) continue;
      const { code, stderr } = await run(command, file, ...flags);
      expect(code).toBe(2);
      expect(stderr).toContain(message);
      expect(stderr.trim().split("\n")).toHaveLength(1);
    }
  });

  test("rankings of the Conference on Machine Translation, and votes of a crowd", async () => {
    const wmt = (judge: string, ranks: number[], order = [0, 1, 2]) => {
      const items = ["s", "t", "u"].map((system, i) => ({ systems: [system], rank: ranks[i] }));
      return { lp: "de-en", seg: "1", judge, items: order.map((i) => items[i]) };
    };
    const file = await rowsIn("wmt.jsonl", [wmt("1", [1, 2, 3]), wmt("2", [1, 1, 5], [1, 0, 2])]);
    expect(await json("agreement", file)).toMatchObject({
      agree: 2,
      compared: 3,
      wmt: { agree: 2, compared: 2 }, // s and t are listed the other way round
    });
    const side = (id: string) => ({ id, text: `text of ${id}` });
    const votes = ["a1", "a1", "equal"].map((value, i) => ({ worker: `${i}`, value }));
    const crowd = await rowsIn("votes.jsonl", [
      { topic: "t", a1: side("a"), a2: side("b"), votes },
    ]);
    expect(await json("agreement", crowd)).toMatchObject({ agree: 1, compared: 3, labelers: 3 });
  });
});

describe("aggregate", () => {
  test("a cycle is shown and not settled", async () => {
    const rows = ["a>b>c", "b>c>a", "c>a>b"].map((order, i) => ranked(`${i}`, order));
    const file = await rowsIn("r.jsonl", rows);
    for (const shuffled of [rows, rows.toReversed()]) {
      const found = await json("aggregate", await rowsIn("s.jsonl", shuffled));
      expect(found).toMatchObject({ settled: 0, with_cycles: 1 });
      expect(found.prompts).toMatchObject([
        {
          prompt: "p",
          order: [["x", "y", "z"]],
          settled: false,
          cycles: [["x", "y", "z"]],
          condorcet_winner: null,
          ranked_pairs: { winners: ["x", "y", "z"] },
          kemeny: { count: 3, disagreements: 4 },
        },
      ]);
    }
    expect((await run("aggregate", file)).stdout).toContain("p: x = y = z  (a cycle)");
  });

  test("labelers who mostly agree are believed more than one who says the contrary", async () => {
    const prompts = Array.from({ length: 12 }, (_, i) => ({ prompt: `p${i}` }));
    const file = await rowsIn(
      "r.jsonl",
      prompts.flatMap((prompt) => [
        ranked("one", "a>b>c", "xyz", prompt),
        ranked("two", "a>b>c", "xyz", prompt),
        ranked("contrary", "c>b>a", "xyz", prompt),
      ]),
    );
    const found = await json("aggregate", file);
    const labelers = found.labelers as { labeler: string; reliability: number }[];
    const of = (name: string) => labelers.find(({ labeler }) => labeler === name)!.reliability;
    expect(of("one")).toBeGreaterThan(0.9);
    expect(of("contrary")).toBeLessThan(0.3);
    expect(found.prompts).toHaveLength(12);
    expect(found.prompts).toMatchObject([
      { order: [["x"], ["y"], ["z"]], settled: true },
      ...prompts.slice(1),
    ]);
  });

  test.each(["bradley-terry", "plackett-luce"])(
    "%s gives strengths that sum to 0",
    async (model) => {
      const file = await rowsIn("r.jsonl", [ranked("1", "a>b>c"), ranked("2", "a>c>b")]);
      const { prompts } = await json("aggregate", file, "--model", model);
      const [{ strengths }] = prompts as { strengths: number[] }[];
      expect(strengths[0]).toBeGreaterThan(strengths[1]);
      expect(strengths[1]).toBeCloseTo(strengths[2], 8);
      expect(strengths.reduce((a, b) => a + b)).toBeCloseTo(0, 8);
    },
  );
});

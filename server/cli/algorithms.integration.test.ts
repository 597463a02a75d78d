import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { runCommand } from "./run";

let dir: string;
let server: Server;
let endpoint: string;

async function revealed(line: string) {
  const [stdout, stderr] = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, "write").mockReturnValue(true),
  );
  const here = process.cwd();
  process.chdir(dir);
  try {
    const code = await runCommand(line.split(" "));
    const said = (spy: typeof stdout) => spy.mock.calls.map(([text]) => String(text)).join("");
    return { code, stdout: said(stdout), stderr: said(stderr) };
  } finally {
    process.chdir(here);
    stdout.mockRestore();
    stderr.mockRestore();
  }
}

async function json(line: string): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await revealed(`${line} --json --quiet`);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return JSON.parse(stdout.trim().split("\n").at(-1)!) as Record<string, unknown>;
}

const write = (name: string, text: string) => writeFile(path.join(dir, name), text);
const rows = (all: readonly object[]) => all.map((row) => `${JSON.stringify(row)}\n`).join("");
async function read(name: string): Promise<Record<string, unknown>[]> {
  const lines = (await readFile(path.join(dir, name), "utf8")).trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

const names = ["Tom", "Ann", "Bob", "Eve"];
const things = ["ball", "cat", "dog", "hat", "tree"];
const asked = names.flatMap((name) => things.map((thing) => ({ name, thing })));
const rankings = asked.flatMap(({ name, thing }, i) =>
  ["lena", "omar"].map((labeler) => ({
    id: `r${i}-${labeler}`,
    prompt: `${name} has a ${thing}. What?`,
    completions: [` A ${thing}.`, " No idea.", " Go!"].map((text, k) => ({ id: "abc"[k], text })),
    ranking: labeler === "omar" && i % 5 === 0 ? [["a"], ["c"], ["b"]] : [["a"], ["b", "c"]],
    labeler,
    labeler_group: labeler === "lena" ? "teachers" : "crowd",
  })),
);
const prompts = asked.slice(0, 5).map(({ name, thing }) => {
  return { prompt: `${name} has a ${thing}. What?`, label: thing };
});

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "revealed-algorithms-"));
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const { query } = JSON.parse(body) as { query: string[] };
      response.end(JSON.stringify({ rewards: query.map((text) => text.length / 100) }));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await write("rankings.jsonl", rows(rankings.slice(0, 30)));
  await write("heldout.jsonl", rows(rankings.slice(30)));
  await write("prompts.jsonl", rows(prompts));
  await write(
    "texts.jsonl",
    rows(asked.map(({ thing }) => ({ text: `A ${thing} is a ${thing}.` }))),
  );
  await write(
    "check.mjs",
    "export default (prompt, completion, label) => Number(completion.includes(label));\n",
  );
  await write("none.mjs", "export const x = 1;\n");
  await write("nan.mjs", "export default () => NaN;\n");
  await json("tokenizer train --data rankings.jsonl texts.jsonl --vocab 290 --out tok");
  await json("tokenizer train --data rankings.jsonl --vocab 270 --out other-tok");
  const sizes = "--layers 1 --width 16 --heads 2 --context 64";
  await json(`model init --arch gpt2 --tokenizer tok ${sizes} --out base`);
  await json(`model init --arch gpt2 --tokenizer other-tok ${sizes} --out other`);
});
afterAll(async () => {
  server.close();
  await rm(dir, { recursive: true, force: true });
});

const fit = "--epochs 4 --batch-size 10 --lr 3e-3";
const rollout = "--prompts prompts.jsonl --max-steps 2 --batch-size 8 --max-new-tokens 6";

describe("reward models", () => {
  test("demonstrations set the zero where they are given", async () => {
    const said = asked.slice(0, 4).map(({ name, thing }) => {
      return { prompt: `${name} has a ${thing}. What?`, completion: ` A ${thing}.` };
    });
    await write("references.jsonl", rows(said));
    const as = said.map(({ prompt, completion }) => {
      const completions = [
        { id: "a", text: completion },
        { id: "b", text: " No idea." },
      ];
      return { prompt, completions, ranking: [["a"], ["b"]] };
    });
    await write("said.jsonl", rows(as));
    const meanOfSaid = async (out: string, more = "") => {
      await json(`train reward --model base --data rankings.jsonl --out ${out} ${fit}${more}`);
      await json(`score --reward ${out} --data said.jsonl --out said-scored.jsonl`);
      const scores = (await read("said-scored.jsonl")).map((row) => (row.scores as number[])[0]);
      return scores.reduce((sum, score) => sum + score, 0) / scores.length;
    };
    expect(await meanOfSaid("by-said", " --references references.jsonl")).toBeCloseTo(0, 4);
    expect(Math.abs(await meanOfSaid("by-ranked"))).toBeGreaterThan(0.01);
  });

  test("an ensemble in one command, by seeds or by folds, and its scores", async () => {
    const result = await json(
      `train reward --model base --data rankings.jsonl --eval heldout.jsonl --members 3 --combine wco --out rms ${fit}`,
    );
    const members = [1, 2, 3].map((n) => path.join("rms", `member-${n}`));
    expect(result).toMatchObject({ out: "rms", members, steps: 36, combine: "wco" });
    expect(await json("eval reward --model rms --data heldout.jsonl --combine wco")).toEqual(
      result.eval,
    );
    const seeds = await Promise.all(members.map(async (m) => (await record(m)).seed));
    expect(seeds).toEqual([0, 1, 2]);
    const scores = async (flags: string) => {
      await json(`score ${flags} --data heldout.jsonl --out s.jsonl`);
      return (await read("s.jsonl"))[0].scores as number[];
    };
    const each: number[][] = [];
    for (const member of members) each.push(await scores(`--reward ${member}`));
    const of = (f: (xs: number[]) => number) => [0, 1, 2].map((c) => f(each.map((xs) => xs[c])));
    const mean = (xs: number[]) => xs.reduce((a, x) => a + x) / xs.length;
    const close = (got: number[], expected: number[]) =>
      expected.forEach((x, i) => expect(got[i]).toBeCloseTo(x, 4));
    close(await scores("--reward rms"), of(mean));
    close(
      await scores("--reward rms --combine wco"),
      of((xs) => Math.min(...xs)),
    );
    close(
      await scores("--reward rms --combine uwo --uwo-lambda 2"),
      of((xs) => mean(xs) - 2 * mean(xs.map((x) => (x - mean(xs)) ** 2))),
    );
    await json(
      `train reward --model base --data rankings.jsonl --members 3 --folds --max-steps 1 --out folds`,
    );
    expect((await record("folds/member-2")).config).toMatchObject({ member: 2, fold: "2 of 3" });
  });

  test("ties modelled, listwise: recorded; a report of everything", async () => {
    const tied = await json(
      `train reward --model base --data rankings.jsonl --config ties.json --out tied ${fit}`.replace(
        "ties.json",
        await config({ ties: "davidson", centring: 0.01 }),
      ),
    );
    expect(tied.ties).toMatchObject({ model: "davidson", parameter: expect.any(Number) });
    expect((await record("tied")).config).toMatchObject({ ties: "davidson", tieParameter: null });
    const listwise = await config({ loss: "plackett-luce", normalisePairs: "all" });
    await json(
      `train reward --model base --data rankings.jsonl --config ${listwise} --out listwise ${fit}`,
    );
    const report = await json("eval reward --model listwise --data heldout.jsonl");
    expect(report.labelers).toMatchObject({ pairs: 10, prompts: 5, agreement: 1 });
    expect(report.by_labeler_group).toMatchObject([{ part: "crowd" }, { part: "teachers" }]);
    for (const key of ["by_margin", "by_length_difference", "worst_mistakes", "reliability"])
      expect(report[key]).toEqual(expect.any(Array));
    expect(report.alike_in_length).toMatchObject({ pairs: expect.any(Number) });
  });
});

describe("policies", () => {
  test.each(["rloo", "grpo"])("train %s", async (kind) => {
    const groups = await config({ generations: 4 });
    const result = await json(
      `train ${kind} --model base --reward check.mjs ${rollout} --config ${groups} --out ${kind}`,
    );
    expect(result).toMatchObject({ out: kind, iterations: 2, episodes: 16 });
    const [first] = await read(`${kind}/metrics.jsonl`);
    expect(Math.abs(first["objective/kl"] as number)).toBeLessThan(1e-4);
    expect(await json(`model inspect ${kind}`)).toMatchObject({ vocab: 290 });
  });

  test("train ppo by a sum of rewards, with text beside it and a head on the trunk", async () => {
    const options = await config({ valueInit: "trunk", ptxCoefficient: 1, samplesEvery: 2 });
    await json(`train reward --model base --data rankings.jsonl --out rm ${fit}`);
    const sources = `--reward rm --reward 0.5*check.mjs --reward ${endpoint}`;
    const line = `train ppo --model base ${sources} ${rollout} --ptx texts.jsonl --config ${options}`;
    await json(`${line} --out policy`);
    const { inputs } = await record("policy");
    expect(Object.keys(inputs as object)).toEqual(
      expect.arrayContaining(["reward 1", "reward 2", "reward 3", "ptx"]),
    );
    const samples = await read("policy/samples.jsonl");
    expect(samples.map(({ step }) => step)).toEqual([2, 2, 2, 2]);
    expect(samples[0]).toMatchObject({ prompt: expect.any(String), score: expect.any(Number) });
    const [first] = await read("policy/metrics.jsonl");
    expect(first["loss/ptx_avg"]).toBeGreaterThan(0);
  });

  test("a reward model of another tokenizer reads the text when asked to", async () => {
    await json(`train reward --model other --data rankings.jsonl --max-steps 1 --out other-rm`);
    const line = `train ppo --model base --reward other-rm ${rollout} --out alien`;
    const { code, stderr } = await revealed(line);
    expect(code).toBe(2);
    expect(stderr).toContain("add --retokenise");
    expect(await json(`${line} --retokenise`)).toMatchObject({ iterations: 2 });
  });

  test.each(["sigmoid", "ipo"])("train dpo --loss %s", async (loss) => {
    const result = await json(
      `train dpo --model base --data rankings.jsonl --eval heldout.jsonl --loss ${loss} --out dpo-${loss} ${fit}`,
    );
    expect(result).toMatchObject({ steps: 12, accuracy: expect.any(Number) });
    expect(result.eval_accuracy as number).toBeGreaterThan(0.5);
    expect((await record(`dpo-${loss}`)).config).toMatchObject({ loss, beta: 0.1 });
  });

  test("generate --best-of", async () => {
    const flags = "--model base --prompts prompts.jsonl --max-new-tokens 4 --seed 5";
    const result = await json(
      `generate ${flags} --best-of 8 --reward ${endpoint} --out best.jsonl`,
    );
    expect(result).toMatchObject({ completions: 5, best_of: 8 });
    expect(result.kl).toBeCloseTo(Math.log(8) - 7 / 8, 12);
    await json(`generate ${flags} --k 8 --out all.jsonl`);
    const all = await read("all.jsonl");
    const best = await read("best.jsonl");
    best.forEach(({ completions }, i) => {
      const [one] = completions as { text: string }[];
      const lengths = (all[i].completions as { text: string }[]).map(({ text }) => text.length);
      expect(one.text.length).toBe(Math.max(...lengths));
    });
  });
});

test.each<[string, string, string]>([
  ["no export", "train ppo --model base --reward none.mjs", "has no default export"],
  ["no program", "train ppo --model base --reward gone.mjs", "gone.mjs does not exist"],
  ["NaN", "train ppo --model base --reward nan.mjs", "nan.mjs gave NaN for the completion"],
  ["nothing", "train ppo --model base --reward 2*", "Name a folder, a file or an address"],
  ["no judge", "generate --model base --best-of 4", "--best-of 4 needs --reward"],
  ["a judge for nothing", "generate --model base --reward rm", "--reward is for --best-of"],
])("refuses %s", async (_, line, sentence) => {
  const { code, stderr } = await revealed(
    `${line} --prompts prompts.jsonl --quiet --out no-${_.replaceAll(" ", "-")}`,
  );
  expect(stderr).toContain(sentence);
  expect(code).toBe(2);
});

test("help teaches the new commands with an example", async () => {
  for (const command of ["train rloo", "train grpo", "train dpo"]) {
    const { code, stdout } = await revealed(`${command} --help`);
    expect(code).toBe(0);
    expect(stdout).toContain(`$ revealed ${command}`);
  }
});

let configs = 0;
async function config(options: object): Promise<string> {
  const name = `config-${configs++}.json`;
  await write(name, JSON.stringify(options));
  return name;
}

async function record(out: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(path.join(dir, out, "run.json"), "utf8"));
}

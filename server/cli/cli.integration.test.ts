import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { runCommand } from "./run";

const program = fileURLToPath(new URL("../setup/revealed.mjs", import.meta.url));
let dir: string;

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the shell in `dir`. @param interrupt sends Ctrl-C when stderr says this */
function revealed(line: string | string[], interrupt?: RegExp): Promise<Ended> {
  const args = typeof line === "string" ? line.split(" ") : line;
  const child = spawn(process.execPath, [program, ...args], { cwd: dir });
  let [stdout, stderr, asked] = ["", "", false];
  child.stdout.on("data", (text: Buffer) => (stdout += text.toString()));
  child.stderr.on("data", (text: Buffer) => {
    stderr += text.toString();
    if (!asked && interrupt?.test(stderr)) {
      asked = true;
      child.kill("SIGINT");
    }
  });
  return new Promise((resolve) => {
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** The same without a process of its own: quicker, where only what is said matters. */
async function inProcess(line: string): Promise<Ended> {
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

/** The object that a command prints last with --json. */
async function json(line: string): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await revealed(`${line} --json --quiet`);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return JSON.parse(stdout.trim().split("\n").at(-1)!) as Record<string, unknown>;
}

async function write(name: string, rows: readonly (object | string)[]): Promise<void> {
  const lines = rows.map((row) => (typeof row === "string" ? row : JSON.stringify(row)));
  await writeFile(path.join(dir, name), `${lines.join("\n")}\n`);
}

async function read(name: string): Promise<Record<string, unknown>[]> {
  const lines = (await readFile(path.join(dir, name), "utf8")).trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

const names = ["Tom", "Ann", "Bob", "Eve"];
const things = ["ball", "cat", "dog", "hat", "tree"];
const demonstrations = names.flatMap((name) =>
  things.map((thing) => ({ prompt: `${name} has a ${thing}. What?`, completion: ` A ${thing}.` })),
);
const rankings = demonstrations.map(({ prompt, completion }, i) => ({
  id: `r${i}`,
  prompt,
  completions: [completion, " No idea.", " Go!"].map((text, k) => ({ id: "abc"[k], text })),
  ranking: [["a"], ["b", "c"]],
}));

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "revealed-cli-"));
  await write("demonstrations.jsonl", demonstrations);
  await write(
    "prompts.jsonl",
    demonstrations.slice(0, 5).map(({ prompt }) => ({ prompt })),
  );
  await write("rankings.jsonl", rankings.slice(0, 15));
  await write("heldout.jsonl", rankings.slice(15));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

describe("the circle by hand", () => {
  test("tokenizer train, model init, model inspect", async () => {
    const tokenizer = await json(
      "tokenizer train --data demonstrations.jsonl rankings.jsonl --vocab 290 --out tok",
    );
    expect(tokenizer).toEqual({ out: "tok", vocab: 290 });
    const sizes = "--layers 2 --width 32 --heads 4 --kv-heads 2 --context 64";
    const base = await json(`model init --arch llama --tokenizer tok ${sizes} --seed 3 --out base`);
    expect(base).toMatchObject({ out: "base", parameters: expect.any(Number) });
    expect(await json("model inspect base")).toMatchObject({
      architecture: "LlamaForCausalLM",
      parameters: base.parameters,
      context: 64,
      vocab: 290,
      dtype: "F32",
      tied: true,
      tensors: 20,
    });
  });

  test("train sft and eval lm", async () => {
    const before = await json("eval lm --model base --data demonstrations.jsonl");
    const sft = await json(
      "train sft --model base --data demonstrations.jsonl --eval demonstrations.jsonl --out sft --epochs 8 --batch-size 5 --lr 3e-3 --seed 1",
    );
    expect(sft).toMatchObject({ out: "sft", steps: 32, tokens: expect.any(Number) });
    const after = await json("eval lm --model sft --data demonstrations.jsonl");
    expect(after.loss).toBeCloseTo(sft.eval_loss as number, 5);
    expect(after.loss as number).toBeLessThan(0.75 * (before.loss as number));
    expect(after.perplexity).toBeCloseTo(Math.exp(after.loss as number), 5);
    const [record] = [JSON.parse(await readFile(path.join(dir, "sft/run.json"), "utf8"))];
    expect(record).toMatchObject({ kind: "sft", status: "done", seed: 1, result: sft });
    expect(record.inputs.data.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(record.config).toMatchObject({ epochs: 8, batchSize: 5, learningRate: 3e-3 });
    expect((await read("sft/metrics.jsonl")).map(({ step }) => step)).toEqual(
      Array.from({ length: 32 }, (_, i) => i + 1),
    );
  });

  test("what is left out is counted, and kept in run.json", async () => {
    await write("mixed.jsonl", [
      ...demonstrations,
      { prompt: "p", completion: "word ".repeat(200) },
    ]);
    await writeFile(path.join(dir, "packed.json"), '{"packing": true, "micro_batch_size": 2}');
    const line =
      "train sft --model base --data mixed.jsonl --out mixed --max-length 60 --max-steps 2";
    const result = await json(`${line} --config packed.json`);
    expect(result.notes).toEqual(["1 of 21 examples is longer than 60 tokens: left out"]);
    const record = JSON.parse(await readFile(path.join(dir, "mixed/run.json"), "utf8")) as object;
    expect(record).toMatchObject({ result, config: { packing: true, microBatchSize: 2 } });
    const [first] = await read("mixed/metrics.jsonl");
    const standard = ["loss", "grad_norm", "lr", "epoch", "tokens", "tokens_per_second"];
    expect(Object.keys(first)).toEqual(expect.arrayContaining([...standard, "padding_share"]));
  });

  test("generate, and again: the same", async () => {
    const flags = "--model sft --prompts prompts.jsonl --k 3 --max-new-tokens 6 --seed 5";
    const result = await json(`generate ${flags} --out answers.jsonl`);
    expect(result).toMatchObject({ out: "answers.jsonl", prompts: 5, completions: 15 });
    await json(`generate ${flags} --batch-size 4 --out again.jsonl`);
    const rows = await read("answers.jsonl");
    expect(await read("again.jsonl")).toEqual(rows);
    expect(rows[0].prompt).toBe("Tom has a ball. What?");
    expect(rows.every(({ completions }) => (completions as object[]).length === 3)).toBe(true);
    await json(`generate ${flags} --stop e --stop i --out stopped.jsonl`);
    const textsOf = (of: typeof rows) =>
      of.flatMap(({ completions }) => (completions as { text: string }[]).map(({ text }) => text));
    const before = textsOf(rows).map((text) => text.split(/[ei]/)[0]);
    expect(textsOf(await read("stopped.jsonl"))).toEqual(before);
  });

  test("train reward, eval reward, score", async () => {
    const reward = await json(
      "train reward --model sft --data rankings.jsonl --eval heldout.jsonl --out rm --epochs 6 --batch-size 5 --lr 3e-3",
    );
    expect(reward).toMatchObject({ out: "rm", steps: 18, completions: 270, pairs: 180 });
    const report = await json("eval reward --model rm --data heldout.jsonl");
    const { accuracy, accuracy_ci: interval, prompts, pairs } = report;
    expect({ prompts, pairs }).toEqual({ prompts: 5, pairs: 10 });
    expect(accuracy as number).toBeGreaterThan(0.8);
    expect((interval as number[])[0]).toBeLessThanOrEqual(accuracy as number);
    expect(reward.eval).toEqual(report);
    expect(Object.keys(report)).toEqual(
      expect.arrayContaining(["ece", "brier", "length_baseline"]),
    );
    const scored = await json("score --reward rm,rm --data heldout.jsonl --out scored.jsonl");
    expect(scored).toMatchObject({ out: "scored.jsonl", rows: 5 });
    for (const row of await read("scored.jsonl")) {
      const [best, ...others] = row.scores as number[];
      expect(Math.max(...others)).toBeLessThan(best);
    }
    expect(await json("score --reward rm --data answers.jsonl --out s.jsonl")).toMatchObject({
      rows: 5,
    });
  });

  test("train ppo", async () => {
    const ppo = await json(
      "train ppo --model sft --reward rm --prompts prompts.jsonl --out policy --max-steps 2 --batch-size 8 --max-new-tokens 6",
    );
    expect(ppo).toMatchObject({ out: "policy", iterations: 2, episodes: 16 });
    for (const key of ["seconds", "kl", "scores", "tokens_per_second"])
      expect(ppo[key]).toEqual(expect.any(Number));
    const [first] = await read("policy/metrics.jsonl");
    expect(Math.abs(first["objective/kl"] as number)).toBeLessThan(1e-4);
    expect(await json("model inspect policy")).toMatchObject({ vocab: 290 });
  });

  test("interrupted and resumed is as if never interrupted", async () => {
    const line = "train sft --model base --data demonstrations.jsonl --epochs 40 --batch-size 5";
    await json(`${line} --out whole`);
    const ended = await revealed(`${line} --out halves`, /^1\/160/m);
    expect(ended.code).toBe(130);
    expect(ended.stderr).toMatch(
      /interrupted after step \d+ of 160.*go on with: npm run -s revealed -- train sft .* --resume\n$/,
    );
    expect(await json(`${line} --out halves --resume`)).toMatchObject({ steps: 160 });
    const weights = (out: string) => readFile(path.join(dir, out, "model.safetensors"));
    expect((await weights("halves")).equals(await weights("whole"))).toBe(true);
    const steps = await read("halves/metrics.jsonl");
    expect(steps.map(({ loss }) => loss)).toEqual(
      (await read("whole/metrics.jsonl")).map(({ loss }) => loss),
    );
  });
});

describe("bad input: exit code 2 and one sentence", () => {
  const kwise = (change: object) => ({ ...rankings[0], ...change });
  const ten = Array.from({ length: 10 }, (_, i) => ({ id: `c${i}`, text: `t${i}` }));
  const reward = "train reward --model base --data bad.jsonl --out no";
  test.each<[string, (object | string)[], string, string]>([
    ["malformed", [rankings[0], '{"a":'], reward, "bad.jsonl, line 2: this is not JSON"],
    ["empty", [""], reward, "bad.jsonl is empty"],
    ["K = 1", [kwise({ completions: [ten[0]], ranking: [["c0"]] })], reward, "has 1 completion;"],
    ["K = 10", [kwise({ completions: ten, ranking: [["c0"]] })], reward, "has 10 completions;"],
    ["duplicates", [kwise({ completions: [ten[0], ten[0]] })], reward, "duplicate completions"],
    ["unknown", [kwise({ ranking: [["a"], ["q"]] })], reward, 'names "q"'],
    ["twice", [kwise({ ranking: [["a"], ["b", "a"]] })], reward, 'names "a" twice'],
    [
      "too long",
      [demonstrations[0], { prompt: "p", completion: "word ".repeat(200) }],
      "train sft --model base --data bad.jsonl --out no",
      "bad.jsonl, line 2: prompt and completion have",
    ],
    [
      "all too long",
      [demonstrations[0], demonstrations[1]],
      "train sft --model base --data bad.jsonl --out no-1 --max-length 4",
      "no example can be used (2 of 2 examples are longer than 4 tokens: left out)",
    ],
    [
      "no demonstration",
      [""],
      "train sft --model base --data bad.jsonl --out no-2",
      "bad.jsonl is empty",
    ],
    ["no such file", [], "eval lm --model base --data none.jsonl", "none.jsonl does not exist"],
    ["no such model", [], "model inspect none", "none has no config.json"],
    ["an option", [], "eval lm --model base --data x --epoch 3", "unknown option '--epoch'"],
    ["a missing option", [], "generate --model base", "required option '--prompts <file>'"],
    [
      "architecture",
      [],
      "model init --arch gpt3 --tokenizer tok --out no",
      "--arch gpt3 is unknown; did you mean gpt2?",
    ],
    [
      "a reward model asked to write",
      [],
      "eval lm --model rm --data rankings.jsonl",
      "reward model",
    ],
    [
      "a finished folder",
      [],
      "train sft --model base --data demonstrations.jsonl --out sft",
      "--resume",
    ],
  ])("%s", async (_, rows, line, sentence) => {
    if (rows.length > 0) await write("bad.jsonl", rows);
    const { code, stdout, stderr } = await inProcess(line);
    expect(stderr).toContain(sentence);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr).toMatch(/^revealed: .*[.?)]$/m);
  });

  test("a misspelt key of --config names the nearest", async () => {
    await writeFile(path.join(dir, "c.json"), '{"learning_rat": 1}');
    const { code, stderr } = await inProcess(`${reward} --config c.json`);
    expect(code).toBe(2);
    expect(stderr).toContain('unknown option "learning_rat"; did you mean "learningRate"?');
  });
});

test("help teaches every command with an example", async () => {
  const commands = [
    ["tokenizer train", "model init", "model inspect", "train sft", "train reward", "train ppo"],
    ["generate", "score", "eval lm", "eval reward"],
  ].flat();
  const all: Ended[] = [];
  for (const command of commands) all.push(await inProcess(`${command} --help`));
  all.forEach(({ code, stdout }, i) => {
    expect(code).toBe(0);
    expect(stdout).toContain(`$ revealed ${commands[i]}`);
  });
});

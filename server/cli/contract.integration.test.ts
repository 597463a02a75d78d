import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { runCommand } from "./run";

// Every line of the shell's contract that computes something: what the last line of --json holds.

let dir: string;

async function revealed(line: string) {
  const [out, err] = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, "write").mockReturnValue(true),
  );
  const here = process.cwd();
  process.chdir(dir);
  try {
    const code = await runCommand(line.split(" "));
    const said = (spy: typeof out) => spy.mock.calls.map(([text]) => String(text)).join("");
    return { code, stdout: said(out), stderr: said(err) };
  } finally {
    process.chdir(here);
    out.mockRestore();
    err.mockRestore();
  }
}

const people = ["Tom", "Ann", "Bob", "Eve", "Kim", "Lee"];
const ranked = people.map((name, i) => ({
  prompt: `${name} has`,
  completions: ["a", "b", "c"].map((id) => ({ id, text: ` a ${id}.` })),
  ranking: [["a"], ["b"], ["c"]],
  labeler: i % 2 === 0 ? "x" : "y",
}));

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "revealed-contract-"));
  const write = (name: string, rows: readonly object[]) =>
    writeFile(path.join(dir, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  await write("rankings.jsonl", ranked);
  await write(
    "texts.jsonl",
    people.map((name) => ({ prompt: `${name} has`, completion: " a cat." })),
  );
  await write(
    "prompts.jsonl",
    people.map((name) => ({ prompt: `${name} has` })),
  );
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const train = "--seed 1 --ep cpu --lr 1e-3 --epochs 1 --max-steps 1 --batch-size 4 --max-length 30";
const rollouts = `--reward rm --prompts prompts.jsonl --max-new-tokens 3 ${train}`;
const trained = ["out", "steps", "seconds", "loss"];
const improved = ["out", "iterations", "episodes", "seconds", "kl", "scores", "tokens_per_second"];
const report = ["prompts", "pairs", "accuracy", "accuracy_ci", "ece", "brier", "length_baseline"];

// in order: each needs the folders of those before it
const lines: [line: string, keys: string[]][] = [
  [
    "tokenizer train --data rankings.jsonl texts.jsonl --vocab 270 --out tok --seed 1 --ep cpu",
    ["out", "vocab"],
  ],
  [
    "model init --arch llama --tokenizer tok --layers 1 --width 16 --heads 2 --kv-heads 1 --ffn 32 --context 40 --seed 1 --ep cpu --out base",
    ["out", "parameters"],
  ],
  [
    "model inspect base",
    ["architecture", "parameters", "context", "vocab", "dtype", "tied", "tensors"],
  ],
  [
    `train sft --model base --data texts.jsonl --eval texts.jsonl --out sft ${train}`,
    [...trained, "tokens", "eval_loss"],
  ],
  [
    `train reward --model sft --data rankings.jsonl --eval rankings.jsonl --out rm ${train}`,
    [...trained, "completions", "pairs", "eval"],
  ],
  [`train ppo --model sft --out ppo ${rollouts}`, improved],
  [`train rloo --model sft --out rloo ${rollouts}`, improved],
  [`train grpo --model sft --out grpo ${rollouts.replace("size 4", "size 8")}`, improved],
  [
    `train dpo --model sft --data rankings.jsonl --out dpo ${train}`,
    ["out", "steps", "seconds", "loss", "accuracy"],
  ],
  [
    "generate --model sft --prompts prompts.jsonl --k 2 --max-new-tokens 3 --seed 1 --ep cpu --out a.jsonl",
    ["out", "prompts", "completions", "tokens", "seconds", "tokens_per_second"],
  ],
  [
    "score --reward rm --data rankings.jsonl --seed 1 --ep cpu --out scored.jsonl",
    ["out", "rows", "seconds"],
  ],
  [
    "eval lm --model sft --data texts.jsonl --seed 1 --ep cpu --batch-size 2 --max-length 30",
    ["tokens", "loss", "perplexity"],
  ],
  [
    "eval reward --model rm --data rankings.jsonl --seed 1 --ep cpu --batch-size 2 --max-length 30",
    report,
  ],
  [
    "eval best-of-n --model sft --reward rm --prompts prompts.jsonl --k 4 --max-new-tokens 3 --seed 1 --ep cpu",
    ["prompts", "completions", "table"],
  ],
  ["doctor --model sft --batch-size 4 --max-length 30", ["providers", "estimate"]],
  ["agreement rankings.jsonl", ["alpha", "pairwise", "tau_b", "w"]],
  ["aggregate rankings.jsonl", ["prompts"]],
];

test("every command ends with the object that the contract says, and exit code 0", async () => {
  for (const [line, keys] of lines) {
    const { code, stdout, stderr } = await revealed(`${line} --quiet --json`);
    expect({ line, code, stderr: code === 0 ? "" : stderr }).toEqual({ line, code: 0, stderr: "" });
    const result: unknown = JSON.parse(stdout.trim().split("\n").at(-1)!);
    expect({ line, has: Object.keys(result as object) }).toEqual({
      line,
      has: expect.arrayContaining(keys),
    });
  }
}, 120_000);

test("example sort takes --ep as every command that computes does", async () => {
  const absent = process.platform === "win32" ? "coreml" : "dml";
  const { code, stderr } = await revealed(`example sort --ep ${absent} --out sorter`);
  expect(code).toBe(2);
  expect(stderr).toMatch(`--ep ${absent} is not in this build of ONNX Runtime`);
});

test("a model of the wrong kind is named with its option", async () => {
  const refusal = async (line: string) => (await revealed(`${line} --ep cpu`)).stderr;
  expect(await refusal("train sft --model rm --data texts.jsonl --out no")).toMatch(
    /^revealed: --model rm is a reward model/,
  );
  expect(await refusal("eval reward --model sft --data rankings.jsonl")).toMatch(
    /^revealed: --model sft is a language model, not a reward model/,
  );
  expect(
    await refusal("train ppo --model sft --reward sft --prompts prompts.jsonl --out no"),
  ).toMatch(/^revealed: --reward sft is a language model/);
});

import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadState } from "../ml/checkpoint/training-state";

const program = fileURLToPath(new URL("../setup/revealed.mjs", import.meta.url));
let dir: string;

function start(line: string) {
  const child = spawn(process.execPath, [program, ...line.split(" "), "--quiet"], { cwd: dir });
  let said = "";
  child.stderr.on("data", (text: Buffer) => (said += text.toString()));
  const ended = new Promise<{ code: number | null; signal: string | null; said: string }>(
    (done) => {
      child.on("close", (code, signal) => done({ code, signal, said }));
    },
  );
  return { child, ended };
}

async function run(line: string): Promise<void> {
  expect(await start(line).ended).toEqual({ code: 0, signal: null, said: "" });
}

async function metricsOf(out: string): Promise<Record<string, number>[]> {
  const file = path.join(dir, out, "metrics.jsonl");
  if (!existsSync(file)) return [];
  const lines = (await readFile(file, "utf8")).split("\n").slice(0, -1);
  return lines.map((text) => JSON.parse(text) as Record<string, number>);
}

/** Starts a run and kills its process, without a chance to tidy up, once a step is written. */
async function killAfter(line: string, out: string, step: number): Promise<number> {
  const { child, ended } = start(line);
  while ((await metricsOf(out)).length < step && child.exitCode === null) await pause(5);
  child.kill("SIGKILL");
  expect(await ended).toMatchObject({ signal: "SIGKILL" });
  return (await metricsOf(out)).length;
}

const people = ["Tom", "Ann", "Bob", "Eve"];
const things = ["ball", "cat", "dog", "hat", "tree"];
const demonstrations = people.flatMap((name, i) =>
  things.map((thing) => ({
    prompt: `${name} has a ${thing}. What?`,
    completion: ` A ${thing}.`.repeat(1 + i),
  })),
);
const rankings = demonstrations.map(({ prompt, completion }, i) => ({
  id: `r${i}`,
  prompt,
  completions: [completion, " No idea.", " Go!"].map((text, k) => ({ id: "abc"[k], text })),
  ranking: [["a"], ["b", "c"]],
}));

async function write(name: string, rows: readonly object[]): Promise<void> {
  await writeFile(path.join(dir, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
}

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "revealed-resume-"));
  await write("demonstrations.jsonl", demonstrations);
  await write("rankings.jsonl", rankings.slice(0, 15));
  await write("heldout.jsonl", rankings.slice(15));
  await run("tokenizer train --data demonstrations.jsonl rankings.jsonl --vocab 290 --out tok");
  const sizes = "--layers 2 --width 64 --heads 4 --kv-heads 2 --context 64";
  await run(`model init --arch llama --tokenizer tok ${sizes} --seed 3 --out base`);
  await run("train reward --model base --data rankings.jsonl --out rm --epochs 1");
});
afterAll(() => rm(dir, { recursive: true, force: true }));

test.each([
  {
    kind: "sft",
    line: "train sft --data demonstrations.jsonl --eval demonstrations.jsonl --lr 0.01",
    steps: 60,
    config: {
      packing: true,
      microBatchSize: 1,
      batchSize: 6,
      bucketWindow: 2,
      emaDecay: 0.9,
      evaluateEvery: 5,
      keepBest: true,
    },
    holds: ["model.weights.", "model.adam.m.", "average.", "best."],
  },
  {
    kind: "reward",
    line: "train reward --data rankings.jsonl --eval heldout.jsonl",
    steps: 60,
    config: { batchSize: 4, microBatchSize: 2, emaDecay: 0.9 },
    holds: ["model.weights.", "model.adam.v.", "average."],
  },
  {
    kind: "ppo",
    line: "train ppo --reward rm --prompts demonstrations.jsonl --max-new-tokens 6",
    steps: 8,
    config: { batchSize: 8, minibatches: 2, epochs: 1, microBatchSize: 3, emaDecay: 0.9 },
    holds: ["policy.weights.", "value.weights.", "policy.adam.m.", "value.adam.v.", "average."],
  },
])("$kind, killed at a random step and resumed, ends with the same bits", async (given) => {
  const { kind, line, steps, config, holds } = given;
  await writeFile(path.join(dir, `${kind}.json`), JSON.stringify(config));
  const [whole, cut] = [`${kind}-whole`, `${kind}-cut`];
  const command = (out: string) =>
    `${line} --model base --out ${out} --max-steps ${steps} --checkpoint-every 3 --config ${kind}.json`;
  await run(command(whole));
  const asked = randomInt(1, steps / 2 + 1);
  expect(await killAfter(command(cut), cut, asked)).toBeLessThan(steps);
  await run(`${command(cut)} --resume`);

  const timeless = (steps: Record<string, number>[]) =>
    steps.map((metrics) => ({ ...metrics, tokens_per_second: 0 }));
  expect(timeless(await metricsOf(cut))).toEqual(timeless(await metricsOf(whole)));
  const weights = (out: string) => readFile(path.join(dir, out, "model.safetensors"));
  expect((await weights(cut)).equals(await weights(whole))).toBe(true);
  // and all that a checkpoint holds: what learns, its moments, the average, the best
  const state = async (out: string) => (await loadState(path.join(dir, out, "checkpoints")))!;
  const [a, b] = [await state(whole), await state(cut)];
  expect({ step: b.step, json: b.json }).toEqual({ step: a.step, json: a.json });
  expect(b.step).toBe(steps);
  expect([...b.tensors.keys()]).toEqual([...a.tensors.keys()]);
  const names = [...a.tensors.keys()];
  expect(holds.filter((prefix) => !names.some((name) => name.startsWith(prefix)))).toEqual([]);
  const bytes = ({ data }: { data: Float32Array }) =>
    Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const different = [...a.tensors].filter(([name, tensor]) => {
    return !bytes(b.tensors.get(name)!).equals(bytes(tensor));
  });
  expect(different.map(([name]) => name)).toEqual([]);
});

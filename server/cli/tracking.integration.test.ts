import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stepOf } from "../ml/tracking/event";
import { mlflowServer } from "../ml/tracking/mlflow-testing";
import { readRecords } from "../ml/tracking/tfrecord";

const program = fileURLToPath(new URL("../setup/revealed.mjs", import.meta.url));
let dir: string;

function start(line: string) {
  const child = spawn(process.execPath, [program, ...line.split(" "), "--quiet"], { cwd: dir });
  let said = "";
  child.stderr.on("data", (text: Buffer) => (said += text.toString()));
  const ended = new Promise<{ code: number | null; said: string }>((done) => {
    child.on("close", (code) => done({ code, said }));
  });
  return { child, ended };
}

async function run(line: string): Promise<void> {
  expect(await start(line).ended).toEqual({ code: 0, said: "" });
}

async function stepsOf(out: string): Promise<number[]> {
  const file = path.join(dir, out, "metrics.jsonl");
  if (!existsSync(file)) return [];
  const lines = (await readFile(file, "utf8")).split("\n").slice(0, -1);
  return lines.map((text) => (JSON.parse(text) as { step: number }).step);
}

async function eventsOf(folder: string): Promise<number[]> {
  const [name] = await readdir(path.join(dir, folder));
  const records = readRecords(await readFile(path.join(dir, folder, name)));
  return [...records].map(({ data }) => stepOf(data));
}

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "revealed-tracking-"));
  const rows = Array.from({ length: 40 }, (_, i) => ({ prompt: `${i} and`, completion: ` ${i}.` }));
  const lines = rows.map((row) => JSON.stringify(row)).join("\n");
  await writeFile(path.join(dir, "rows.jsonl"), lines);
  for (const line of [
    "tokenizer train --data rows.jsonl --vocab 270 --out tok",
    "model init --arch gpt2 --tokenizer tok --layers 1 --width 16 --heads 2 --context 32 --out base",
  ])
    await run(line);
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const train =
  "train sft --model base --data rows.jsonl --ep cpu --batch-size 8 --checkpoint-every 7";

test("a training that was killed and goes on has each step once in TensorBoard and in MLflow", async () => {
  const server = await mlflowServer();
  const line = `${train} --max-steps 40 --out sft --tensorboard events --mlflow ${server.url}`;
  const { child, ended } = start(line);
  while ((await stepsOf("sft")).length < 10 && child.exitCode === null) await pause(2);
  child.kill("SIGKILL");
  await ended;
  await run(`${line} --resume`);
  const steps = Array.from({ length: 40 }, (_, i) => i + 1);
  expect(await stepsOf("sft")).toEqual(steps);
  expect(await eventsOf("events/sft")).toEqual([0, ...steps]);
  expect([...server.experiments.keys()]).toEqual(["revealed"]);
  const [{ name, status, metrics }, ...others] = server.runs;
  const sent = metrics.filter(({ key }) => key === "loss").map(({ step }) => step);
  expect([name, status, sent, others]).toEqual(["sft", "FINISHED", steps, []]);
  await server.close();
});

test("a server that is down does not stop a training", async () => {
  const { url, close } = await mlflowServer();
  await close();
  const line = `${train} --max-steps 3 --out alone --mlflow ${url}`;
  const { code, said } = await start(line).ended;
  expect(code).toBe(0);
  expect(said).toMatch(
    /^MLflow at http.*: it cannot be reached \(.*ECONNREFUSED.*\); the training goes on/,
  );
  expect(await stepsOf("alone")).toEqual([1, 2, 3]);
});

test("another run's event file and a wrong address are refused before anything is written", async () => {
  const again = await start(`${train} --max-steps 1 --out new/sft --tensorboard events`).ended;
  expect(again).toEqual({ code: 2, said: expect.stringMatching(/another run .* give another/) });
  const wrong = await start(`${train} --out new/sft --mlflow localhost:5000`).ended;
  expect(wrong).toEqual({ code: 2, said: expect.stringMatching(/not the address/) });
  expect(existsSync(path.join(dir, "new"))).toBe(false);
});

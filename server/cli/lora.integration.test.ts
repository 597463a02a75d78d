import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { readSafetensors } from "../ml/checkpoint/safetensors";
import { runCommand } from "./run";

let dir: string;
const here = process.cwd();
const rows = ["Tom", "Ann", "Bob"].flatMap((name) =>
  ["ball", "cat", "dog"].map((thing) => ({
    prompt: `${name} has a ${thing}. What?`,
    completion: ` A ${thing}.`,
  })),
);
const rankings = rows.map(({ prompt, completion }) => ({
  prompt,
  completions: [completion, " No idea.", " Go!"].map((text, k) => ({ id: "abc"[k], text })),
  ranking: [["a"], ["b", "c"]],
}));

/** Runs a command. @returns its JSON, or its sentence where it fails */
async function run(
  line: string,
): Promise<{ code: number; json: Record<string, unknown>; said: string }> {
  const [stdout, stderr] = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, "write").mockReturnValue(true),
  );
  try {
    const code = await runCommand([...line.split(" "), "--json", "--quiet"]);
    const text = (spy: typeof stdout) => spy.mock.calls.map(([part]) => String(part)).join("");
    const last = text(stdout).trim().split("\n").at(-1)!;
    return { code, json: code === 0 ? JSON.parse(last) : {}, said: text(stderr) };
  } finally {
    stdout.mockRestore();
    stderr.mockRestore();
  }
}

async function ok(line: string): Promise<Record<string, unknown>> {
  const { code, json, said } = await run(line);
  expect(said).toBe("");
  expect(code).toBe(0);
  return json;
}

const file = (name: string) => readFile(path.join(dir, name));
const write = (name: string, lines: readonly object[]) =>
  writeFile(path.join(dir, name), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "revealed-lora-"));
  await write("rows.jsonl", rows);
  await write("rankings.jsonl", rankings);
  const turned = rows.map(({ prompt }, i) => ({
    prompt,
    completion: rows[(i + 1) % rows.length].completion,
  }));
  await write("turned.jsonl", turned);
  process.chdir(dir);
  await ok("tokenizer train --data rows.jsonl --vocab 290 --out tok");
  const sizes = "--layers 2 --width 32 --heads 4 --context 64 --seed 3";
  await ok(`model init --arch gpt2 --tokenizer tok ${sizes} --out start`);
  await ok(
    "train sft --model start --data turned.jsonl --out base --epochs 40 --batch-size 3 --lr 5e-3",
  );
});
afterAll(async () => {
  process.chdir(here);
  await rm(dir, { recursive: true, force: true });
});

test("an adapter is trained, and taken by every command as it is", async () => {
  const before = await file("base/model.safetensors");
  const loss = async (model: string) =>
    (await ok(`eval lm --model ${model} --data rows.jsonl`)).loss as number;
  const flags = "--data rows.jsonl --epochs 20 --batch-size 3 --lr 1e-2";
  expect(await ok(`train sft --model base ${flags} --out sft --lora-rank 4`)).toMatchObject({
    adapter: true,
    steps: 60,
  });
  expect(await readdir("sft")).toEqual(
    expect.arrayContaining(["adapter_config.json", "tokenizer.json"]),
  );
  expect(await readdir("sft")).not.toContain("model.safetensors");
  expect(await loss("sft")).toBeLessThan(0.9 * (await loss("base")));
  expect(await ok("model inspect sft")).toMatchObject({
    architecture: "GPT2LMHeadModel",
    adapter: { rank: 4, alpha: 8, base: path.resolve("base") },
  });
  await ok("model merge sft --out merged");
  expect(await loss("merged")).toBe(await loss("sft"));
  await ok(`train sft --model base ${flags} --out whole --lora-rank 4 --lora-merge`);
  expect(
    (await file("whole/model.safetensors")).equals(await file("merged/model.safetensors")),
  ).toBe(true);
  await ok(
    "generate --model sft --prompts rows.jsonl --k 1 --max-new-tokens 4 --out answers.jsonl",
  );
  expect((await file("base/model.safetensors")).equals(before)).toBe(true);
});

test("reward model and policy go on with the adapter, on the same base", async () => {
  await ok(
    "train reward --model sft --data rankings.jsonl --out rm --epochs 10 --batch-size 3 --lr 5e-3",
  );
  const json = JSON.parse((await file("rm/adapter_config.json")).toString());
  expect(json).toMatchObject({
    r: 4,
    task_type: "SEQ_CLS",
    base_model_name_or_path: "../base",
    modules_to_save: ["score"],
  });
  const { accuracy } = await ok("eval reward --model rm --data rankings.jsonl");
  expect(accuracy as number).toBeGreaterThan(0.8);
  await ok("score --reward rm --data rankings.jsonl --out scored.jsonl");
  const ppo =
    "train ppo --model sft --reward rm --prompts rows.jsonl --batch-size 8 --max-new-tokens 4";
  expect(await ok(`${ppo} --max-steps 2 --out policy`)).toMatchObject({
    adapter: true,
    iterations: 2,
  });
  const [first] = (await file("policy/metrics.jsonl")).toString().split("\n");
  expect(Math.abs(JSON.parse(first)["objective/kl"])).toBeLessThan(1e-4);
  expect(await ok("model inspect policy")).toMatchObject({ adapter: { rank: 4 } });
});

test("DPO and GRPO go on with it as well", async () => {
  await ok("train dpo --model sft --data rankings.jsonl --out dpo --epochs 2 --lr 1e-3");
  expect(await ok("model inspect dpo")).toMatchObject({ adapter: { rank: 4 } });
  const grpo = "train grpo --model base --lora-rank 2 --reward rm --prompts rows.jsonl";
  const some = "--batch-size 8 --max-new-tokens 4 --max-steps 1";
  expect(await ok(`${grpo} ${some} --out grpo`)).toMatchObject({ adapter: true });
  const members = "--members 2 --epochs 1 --lora-rank 2 --out rms";
  await ok(`train reward --model base --data rankings.jsonl ${members}`);
  await ok("score --reward rms --data rankings.jsonl --out both.jsonl");
});

test("frozen blocks stay as they are", async () => {
  const names = async (model: string) =>
    (await readSafetensors(path.join(model, "model.safetensors"))).tensors;
  await ok("train sft --model base --data rows.jsonl --out half --epochs 2 --freeze-layers 1");
  const [a, b] = [await names("base"), await names("half")];
  const same = [...a.keys()].filter((name) =>
    Buffer.from(a.get(name)!.data.buffer).equals(Buffer.from(b.get(name)!.data.buffer)),
  );
  expect(same.length).toBe(12 + 2);
  expect(same.every((name) => /\.h\.0\.|wte|wpe/.test(name))).toBe(true);
});

test.each([
  [
    "train sft --model sft --data rows.jsonl --out no --lora-rank 8",
    "is an adapter of rank 4, which training goes on with as it is: leave out loraRank",
  ],
  [
    "train sft --model base --data rows.jsonl --out no --lora-alpha 8",
    "loraAlpha says something of adapters, and there are none",
  ],
  [
    "train sft --model base --data rows.jsonl --out no --config q.json",
    "match no module of the model; it has c_attn",
  ],
  [
    "train ppo --model sft --reward rm --prompts rows.jsonl --out no --config dropout.json",
    "loraDropout must be 0",
  ],
  ["model merge base --out no", "is a whole model: there is nothing to merge"],
  ["model merge sft --out base", "--out is the base model's own folder"],
  ["eval lm --model orphan --data rows.jsonl", "and that model is not here"],
])("%s", async (line, sentence) => {
  await write("q.json", [{ lora_rank: 2, lora_target_modules: ["q_proj"] }]);
  await write("dropout.json", [{ lora_rank: 2, lora_dropout: 0.1 }]);
  if (line.includes("orphan")) {
    await cp("sft", "orphan", { recursive: true });
    const config = JSON.parse((await file("orphan/adapter_config.json")).toString());
    await write("orphan/adapter_config.json", [
      { ...config, base_model_name_or_path: "../nowhere" },
    ]);
  }
  const { code, said } = await run(line);
  expect(said).toContain(sentence);
  expect(code).toBe(2);
});

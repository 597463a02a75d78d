import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { runCommand } from "./run";

let dir: string;
let server: Server;
let endpoint: string;

async function revealed(line: string) {
  const [out, err] = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, "write").mockReturnValue(true),
  );
  const here = process.cwd();
  process.chdir(dir);
  try {
    const args = line.replaceAll("ENDPOINT", endpoint).split(" ");
    const code = await runCommand([...args, "--quiet"]);
    const said = (spy: typeof out) => spy.mock.calls.map(([words]) => String(words)).join("");
    return { code, stdout: said(out), stderr: said(err) };
  } finally {
    process.chdir(here);
    out.mockRestore();
    err.mockRestore();
  }
}

async function done(line: string): Promise<string> {
  const { code, stdout, stderr } = await revealed(line);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

/** What a person reads who asked for it: one sentence, and no trace. */
async function refusal(line: string): Promise<string> {
  const { code, stdout, stderr } = await revealed(line);
  expect({ code, stdout, sentences: stderr.trim().split("\n").length }).toEqual({
    code: 2,
    stdout: "",
    sentences: 1,
  });
  return stderr;
}

const write = (name: string, rows: readonly object[]) =>
  writeFile(path.join(dir, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(""));

const prompts = ["Tom has", "Ann has", "Bob has", "Eve has"].map((prompt) => ({ prompt }));
const ranked = (prompt: string, ranking: string[][]) => ({
  prompt,
  completions: ["a", "b"].map((id) => ({ id, text: ` a ${id}.` })),
  ranking,
  labeler: "ann",
});
const long = "a ".repeat(100);

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "revealed-bad-input-"));
  await write("prompts.jsonl", prompts);
  await write("long.jsonl", [...prompts, { prompt: long }]);
  await write(
    "rankings.jsonl",
    prompts.map(({ prompt }) => ranked(prompt, [["a"], ["b"]])),
  );
  await write(
    "ties.jsonl",
    prompts.map(({ prompt }) => ranked(prompt, [["a", "b"]])),
  );
  await write("long-rankings.jsonl", [ranked("Tom", [["a"], ["b"]]), ranked(long, [["a"], ["b"]])]);
  await writeFile(path.join(dir, "nan.js"), "export default () => NaN\n");
  for (const name of ["tok", "other-tok"]) {
    const vocab = name === "tok" ? 280 : 270;
    await done(`tokenizer train --data rankings.jsonl --vocab ${vocab} --out ${name}`);
  }
  const sizes = "--arch gpt2 --layers 1 --width 16 --heads 2 --context 32 --seed 1";
  await done(`model init ${sizes} --tokenizer tok --out base`);
  await done(`model init ${sizes} --tokenizer other-tok --out other`);
  await done("train reward --model base --data rankings.jsonl --out rm --ep cpu");
  await done("train reward --model other --data rankings.jsonl --out other-rm --ep cpu");
  let asked = 0;
  server = createServer((request, response) => {
    request.resume();
    if (request.url === "/nan") response.end(`{"rewards": [NaN, NaN, NaN, NaN]}`);
    // the call before the run is answered, and then no other; of another address none is
    else if (request.url === "/falls-silent" && asked++ === 0) response.end(`{"rewards": [1]}`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}, 60_000);
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(dir, { recursive: true, force: true });
});

const ppo =
  "train ppo --model base --batch-size 4 --max-steps 1 --max-new-tokens 2 --ep cpu --config few.json --prompts";
beforeAll(() => writeFile(path.join(dir, "few.json"), '{"minibatches": 1, "epochs": 1}'));

test("a reward model of another tokenizer is refused, before anything is made, or reads the text", async () => {
  const why = /--reward other-rm has another tokenizer .* or add --retokenise/;
  expect(await refusal(`${ppo} prompts.jsonl --reward other-rm --out stranger`)).toMatch(why);
  const best =
    "generate --model base --prompts prompts.jsonl --best-of 2 --max-new-tokens 2 --ep cpu";
  expect(await refusal(`${best} --reward other-rm --out best.jsonl`)).toMatch(why);
  expect(existsSync(path.join(dir, "stranger"))).toBe(false);
  await done(`${ppo} prompts.jsonl --reward other-rm --retokenise --out reader`);
});

test("rankings that are all ties are refused, whether to learn from or to judge by", async () => {
  const why = /ties\.jsonl: no row puts one completion before another/;
  expect(await refusal("train reward --model base --data ties.jsonl --out none --ep cpu")).toMatch(
    why,
  );
  expect(await refusal("train dpo --model base --data ties.jsonl --out none --ep cpu")).toMatch(
    why,
  );
  expect(await refusal("eval reward --model rm --data ties.jsonl --ep cpu")).toMatch(why);
});

test("one labeler alone agrees with nobody, and that is said", async () => {
  expect(await done("agreement rankings.jsonl")).toMatch(/^no prompt was ranked by two labelers/);
});

test("a prompt longer than the context is named by its line, or left out where that is asked for", async () => {
  const why = /^revealed: long\.jsonl, line 5: it has \d+ tokens, which leaves no room/;
  expect(await refusal(`${ppo} long.jsonl --reward rm --out long`)).toMatch(why);
  await done(`${ppo} long.jsonl --reward rm --out short --max-length 20`);
  const rows = /^revealed: long-rankings\.jsonl, line 2: prompt and completion have/;
  expect(
    await refusal("train reward --model base --data long-rankings.jsonl --out none --ep cpu"),
  ).toMatch(rows);
  expect(await refusal("eval reward --model rm --data long-rankings.jsonl --ep cpu")).toMatch(rows);
});

test("a remote reward that does not answer leaves a run that can go on", async () => {
  const how = "--reward-timeout 0.2 --reward-retries 1";
  expect(
    await refusal(`${ppo} prompts.jsonl --reward ENDPOINT/falls-silent ${how} --out silent`),
  ).toMatch(
    /did not answer within 0\.2 seconds, 2 times; see whether it runs; no checkpoint was written yet, go on with: .* --resume/,
  );
});

test("a remote reward that does not answer the call before the run keeps it from beginning", async () => {
  const how = "--reward-timeout 0.2 --reward-retries 1";
  expect(await refusal(`${ppo} prompts.jsonl --reward ENDPOINT/silent ${how} --out never`)).toMatch(
    /did not answer within 0\.2 seconds, 2 times; see whether it runs/,
  );
  expect(existsSync(path.join(dir, "never", "metrics.jsonl"))).toBe(false);
});

test("a reward that is no number is refused with its source", async () => {
  expect(await refusal(`${ppo} prompts.jsonl --reward ENDPOINT/nan --out nan`)).toMatch(
    /\/nan gave NaN or Infin/,
  );
});

test("so is a program's, which may stand in a folder without package.json", async () => {
  const program = fileURLToPath(new URL("../setup/revealed.mjs", import.meta.url));
  const line = `${ppo} prompts.jsonl --reward nan.js --out nan-js --quiet`;
  const child = spawn(process.execPath, [program, ...line.split(" ")], { cwd: dir });
  expect(await text(child.stderr)).toMatch(/^revealed: nan\.js gave NaN for the completion/);
});

test("a run does not go on with another config or other files: all that differs is said", async () => {
  await done(`${ppo} prompts.jsonl --reward rm --out run`);
  expect(
    await refusal(`${ppo} long.jsonl --reward rm --out run --lr 0.1 --seed 2 --resume`),
  ).toMatch(
    /run cannot be resumed: its seed was 0 and is now 2; its option "learningRate" was 0.00001 and is now 0\.1; its prompts was "prompts\.jsonl" and is now "long\.jsonl"/,
  );
});

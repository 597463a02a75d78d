import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const program = fileURLToPath(new URL("../setup/revealed.mjs", import.meta.url));
const sayPeak = `data:text/javascript,process.on("exit",()=>console.error("peak",1024*process.resourceUsage().maxRSS))`;
let dir: string;

interface Doctor {
  providers: { name: string; usable: boolean; why?: string; losses?: number[] }[];
  available_bytes: number;
  estimate?: { train_bytes: number; generate_bytes: number };
}

/** Runs the shell in `dir`; the last line of stderr is the peak of its memory in bytes. */
function revealed(line: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const args = ["--import", sayPeak, program, ...line.split(" ")];
  const child = spawn(process.execPath, args, { cwd: dir });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (text: Buffer) => (stdout += text.toString()));
  child.stderr.on("data", (text: Buffer) => (stderr += text.toString()));
  return new Promise((resolve) => {
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

async function doctor(options = ""): Promise<Doctor> {
  const { stdout } = await revealed(`doctor --json${options}`);
  return JSON.parse(stdout.trim().split("\n").at(-1)!) as Doctor;
}

const peakOf = (stderr: string): number => Number(/^peak (\d+)$/m.exec(stderr)![1]);

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "doctor-"));
  const words = Array.from({ length: 400 }, (_, i) => ["red", "cat", "hat", "sun"][(i * i) % 4]);
  const text = Array.from({ length: 60 }, (_, i) => words.slice(i, i + 127).join(" "));
  const rows = text.map((row) => JSON.stringify({ text: row }));
  await writeFile(path.join(dir, "texts.jsonl"), `${rows.join("\n")}\n`);
  await revealed("tokenizer train --data texts.jsonl --vocab 300 --out tok");
  const sizes = "--layers 4 --width 256 --heads 8 --context 256";
  await revealed(`model init --arch gpt2 --tokenizer tok ${sizes} --seed 1 --out base`);
});

afterAll(() => rm(dir, { recursive: true, force: true }));

describe("doctor", () => {
  test("tries every provider, and says of each that does not work why", async () => {
    const { providers, available_bytes, estimate } = await doctor();
    expect(providers.map(({ name }) => name).toSorted()).toEqual([
      "coreml",
      "cpu",
      "cuda",
      "dml",
      "webgpu",
    ]);
    const learnt = ({ losses = [] }: { losses?: number[] }) => losses.at(-1)! < losses[0];
    const unclear = providers.filter((each) => !(each.usable ? learnt(each) : each.why));
    expect(unclear).toEqual([]);
    expect(providers.find(({ name }) => name === "cpu")!.usable).toBe(true);
    expect(available_bytes).toBeGreaterThan(1e8);
    expect(estimate).toBeUndefined();
  });

  test("estimates a training within a quarter of what it takes", async () => {
    const { estimate } = await doctor(" --model base --batch-size 32 --max-length 128");
    const training = await revealed(
      "train sft --model base --data texts.jsonl --out sft --batch-size 32 --max-steps 2 --ep cpu",
    );
    expect(training.code).toBe(0);
    const ratio = estimate!.train_bytes / peakOf(training.stderr);
    expect(ratio).toBeGreaterThan(0.75);
    expect(ratio).toBeLessThan(1.25);
    expect(estimate!.generate_bytes).toBeLessThan(estimate!.train_bytes);
  });

  test("a length beyond the context is refused", async () => {
    const { code, stderr } = await revealed("doctor --model base --max-length 257");
    expect(code).toBe(2);
    expect(stderr).toContain("--max-length 257 exceeds the context of base, which is 256 tokens");
  });
});

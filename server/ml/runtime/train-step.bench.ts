import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { trainingFlops } from "../../bench/flops";
import { publishedGpt2, smallGpt2, writeRandomModel } from "../../bench/models";
import type { Peer, Runner, Setting, Work } from "../../bench/work";
import { loadWeights } from "../checkpoint/load-model";
import { padBatch } from "../nn/batch";
import type { Model, ModelConfig } from "../nn/model";
import { type TokenLossInput, tokenLoss, tokenLossInputs } from "../rlhf/token-loss";
import type { Feeds } from "./feeds";
import { Random } from "./random";
import { compileTraining, type Trainer } from "./training";
import { floatVector, intVector } from "./values";

const LR = 1e-4;
const TOKENS = "tokens.json";

/**
 * Updates of all weights: forward, backward, clipping to norm 1, AdamW; no dropout, fp32. A run is some in a row, as
 * in training (one after a pause begins with cold caches and sleeping threads); its time is that of one.
 */
export function trainStep(
  name: string,
  config: ModelConfig,
  size: BatchSize,
  { runs, steps }: { runs: number; steps: number },
): Work {
  const { batch, time } = size;
  return {
    name: `train ${name}`,
    runs,
    tokens: batch * time,
    flops: trainingFlops(config, batch, time),
    gemm: [batch * time, config.width, config.ffn],
    tolerance: 1e-3,
    prepare: (folder) => prepare(folder, config, size),
    async open({ folder, threads }) {
      const trainer = compile(await loadWeights(folder), threads);
      const passes = await readPasses(folder, trainer.lanes);
      return {
        async run() {
          const start = performance.now();
          let check = 0;
          for (let step = 0; step < steps; step++) {
            const { outputs } = await trainer.update(passes, { lr: LR });
            check = outputs.reduce((sum, { loss }) => sum + Number(loss.data[0]), 0);
          }
          return { ms: (performance.now() - start) / steps, check };
        },
        dispose: () => trainer.dispose(),
      };
    },
    peers: [peer("torch.compile", true, steps), peer("torch eager", false, steps)],
  };
}

interface BatchSize {
  batch: number;
  time: number;
}

export const trainStepWorks: readonly Work[] = [
  trainStep("gpt2-5.8m", smallGpt2, { batch: 16, time: 128 }, { runs: 9, steps: 5 }),
  trainStep("gpt2-124m", publishedGpt2, { batch: 4, time: 256 }, { runs: 5, steps: 2 }),
  {
    name: "build gpt2-124m",
    runs: 3,
    warmUps: 0, // the first time is what people wait for
    prepare: (folder) => prepare(folder, publishedGpt2, { batch: 4, time: 256 }),
    open: openBuild,
    peers: [],
  },
];

/** From nothing to a program that is ready: what a first step takes beyond a second. */
async function openBuild({ folder, threads }: Setting): Promise<Runner> {
  const model = await loadWeights(folder);
  const passes = await readPasses(folder, 1);
  return {
    async run() {
      const start = performance.now();
      const trainer = compile(model, threads);
      try {
        await trainer.update(passes, { lr: LR });
        const first = performance.now();
        await trainer.update(passes, { lr: LR });
        return { ms: first - start - (performance.now() - first) };
      } finally {
        await trainer.dispose();
      }
    },
    dispose: async () => {},
  };
}

function peer(name: string, compiled: boolean, steps: number): Peer {
  const options = { compiled, lr: LR, tokens: TOKENS, steps };
  return { name, script: "train.py", tunable: true, options };
}

function compile({ config, weights }: Model, threads: number): Trainer<TokenLossInput, never> {
  return compileTraining({
    threads,
    lanes: "auto",
    weights,
    inputs: tokenLossInputs,
    build: ({ inputs, params }) => ({ loss: tokenLoss(config, params, inputs).loss }),
    optimizer: { clipNorm: 1 },
  });
}

/** Random weights, and rows of random tokens, one longer than what is read: the last is only predicted. */
async function prepare(
  folder: string,
  config: ModelConfig,
  { batch, time }: BatchSize,
): Promise<void> {
  await writeRandomModel(folder, config);
  const random = new Random(1).fork("tokens");
  const row = () => Array.from({ length: time + 1 }, () => random.below(config.vocab));
  const rows = Array.from({ length: batch }, row);
  await writeFile(path.join(folder, TOKENS), JSON.stringify(rows));
}

/** The batch as a trainer gets it, cut into passes for its lanes. */
async function readPasses(folder: string, lanes: number): Promise<Feeds<TokenLossInput>[]> {
  const rows = JSON.parse(await readFile(path.join(folder, TOKENS), "utf8")) as number[][];
  const most = Math.ceil(rows.length / lanes);
  const weight = 1 / rows.flatMap((row) => row.slice(1)).length;
  return Array.from({ length: Math.ceil(rows.length / most) }, (_, i) => {
    const own = rows.slice(i * most, (i + 1) * most);
    const { at, ...sequences } = padBatch(own.map((row) => row.slice(0, -1)));
    const targets = own.flatMap((row) => row.slice(1));
    return {
      ...sequences,
      rows: intVector(own.flatMap((row, b) => row.slice(1).map((_token, t) => at(b, t)))),
      targets: intVector(targets),
      weights: floatVector(new Float32Array(targets.length).fill(weight)),
    };
  });
}

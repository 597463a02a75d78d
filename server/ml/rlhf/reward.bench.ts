import { writeFile } from "node:fs/promises";
import path from "node:path";
import { trainingFlops } from "../../bench/flops";
import { smallGpt2, writeRandomModel } from "../../bench/models";
import type { Runner, Setting, Work } from "../../bench/work";
import { loadWeights } from "../checkpoint/load-model";
import type { ModelConfig } from "../nn/config";
import { Random } from "../runtime/random";
import { symbolTokenizer } from "../text/symbol-tokenizer";
import type { RankedExample } from "./data";
import { encodePairs } from "./encode";
import { trainReward } from "./reward";

const K = 6;
const RANKINGS = 8;
const LENGTH = 64; // tokens of prompt, completion and eos
const ALPHABET = "abcdefghijklmnopqrstuvwxyz";
const LR = 1e-4;
const PAIRS = "pairs.json";
const options = { lr: LR, pairs: PAIRS };

const config: ModelConfig = { ...smallGpt2, head: "score", padId: 0 };
const tokenizer = symbolTokenizer(ALPHABET);

/** One update from rankings of six: one forward pass a completion, or two a pair. */
export const rewardWorks: readonly Work[] = [
  {
    name: "reward k6",
    runs: 7,
    tokens: RANKINGS * K * LENGTH,
    flops: trainingFlops(config, RANKINGS * K, LENGTH),
    gemm: [RANKINGS * K * LENGTH, config.width, config.ffn],
    tolerance: 1e-3,
    prepare,
    open: (setting) => openTraining(setting, rankings()),
    ways: { "pairwise, same engine": (setting) => openTraining(setting, pairs()) },
    peers: [
      {
        name: "pairwise, torch.compile",
        script: "reward.py",
        tunable: true,
        options: { ...options, compiled: true },
      },
      {
        name: "pairwise, torch eager",
        script: "reward.py",
        tunable: true,
        options: { ...options, compiled: false },
      },
    ],
  },
];

async function openTraining(
  { folder, threads }: Setting,
  data: readonly RankedExample[],
): Promise<Runner> {
  const model = { ...(await loadWeights(folder)), tokenizer };
  const steps = trainReward(
    model,
    data,
    { batchSize: data.length, maxSteps: 1e6, learningRate: LR, schedule: "constant", warmup: 0 },
    { threads },
  );
  return {
    async run() {
      const { value } = await steps.next();
      return { check: value?.metrics.loss };
    },
    async dispose() {
      await steps.return();
    },
  };
}

/** Prompts with six completions each, in the order of preference. */
function rankings(): RankedExample[] {
  const random = new Random(1).fork("rankings");
  const text = (length: number) =>
    Array.from({ length }, () => ALPHABET[random.below(ALPHABET.length)]).join("");
  return Array.from({ length: RANKINGS }, () => ({
    prompt: text(LENGTH / 2 - 1),
    completions: Array.from({ length: K }, () => text(LENGTH / 2)),
    groups: Array.from({ length: K }, (_, i) => [i]),
  }));
}

/** The same comparisons, each as a ranking of two. */
function pairs(): RankedExample[] {
  return rankings().flatMap(({ prompt, completions }) =>
    completions.flatMap((chosen, i) =>
      completions.slice(i + 1).map((rejected) => {
        return { prompt, completions: [chosen, rejected], groups: [[0], [1]] };
      }),
    ),
  );
}

/** Random weights, and the comparisons as ids: [[chosen, rejected], …]. */
async function prepare(folder: string): Promise<void> {
  await writeRandomModel(folder, config);
  const texts = pairs().flatMap(({ prompt, completions }) =>
    completions.map((completion) => ({ prompt, completion })),
  );
  const rules = { maxLength: null, overlong: "error" } as const;
  const model = { config, tokenizer, weights: new Map() };
  const rows = await encodePairs(model, texts, rules, (i) => `completion ${i + 1}`);
  const ids = rows.map((row) => row!.ids);
  const couples = Array.from({ length: ids.length / 2 }, (_, i) => ids.slice(2 * i, 2 * i + 2));
  await writeFile(path.join(folder, PAIRS), JSON.stringify(couples));
}

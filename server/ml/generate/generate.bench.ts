import { forwardFlops } from "../../bench/flops";
import { smallGpt2, tinyStories, writeRandomModel, writeTinyStories } from "../../bench/models";
import type { Work } from "../../bench/work";
import { loadWeights } from "../checkpoint/load-model";
import type { ModelConfig } from "../nn/model";
import { createGenerator } from "./generator";

const PROMPT = [1, 17, 253, 640, 99, 1031, 402, 7]; // any ids: what is made of them is not read
const NEW_TOKENS = 128;

/** 128 new tokens a row from the whole distribution at temperature 1; nothing stops early. */
function generation(
  name: string,
  config: ModelConfig,
  rows: number,
  prepare: Work["prepare"],
): Work {
  const tokens = rows * NEW_TOKENS;
  const options = { rows, new_tokens: NEW_TOKENS, prompt: PROMPT.join(" ") };
  return {
    name: `generate ${name} b${rows}`,
    runs: 7,
    tokens,
    flops: forwardFlops(config, tokens, PROMPT.length + NEW_TOKENS / 2),
    gemm: [rows, config.width, config.ffn],
    prepare,
    async open({ folder, threads }) {
      const generator = await createGenerator(await loadWeights(folder), { threads });
      let seed = 0;
      return {
        async run() {
          const requests = Array.from({ length: rows }, () => ({
            ids: PROMPT,
            seed: seed++,
            maxNewTokens: NEW_TOKENS,
            temperature: 1,
            stopIds: [],
          }));
          const made = await generator.generate(requests);
          return { check: made.reduce((sum, { ids }) => sum + ids.length, 0) };
        },
        dispose: () => generator.dispose(),
      };
    },
    peers: [
      { name: "transformers", script: "generate.py", tunable: true, options },
      { name: "CTranslate2", script: "ctranslate.py", tunable: false, options },
    ],
  };
}

export const generateWorks: readonly Work[] = [
  ...[64, 8, 1].map((rows) => generation("tinystories", tinyStories, rows, writeTinyStories)),
  ...[64, 1].map((rows) =>
    generation("gpt2-5.8m", smallGpt2, rows, (folder) => writeRandomModel(folder, smallGpt2)),
  ),
];

import { forwardFlops } from "../../bench/flops";
import { smallGpt2, tinyStories, writeRandomModel, writeTinyStories } from "../../bench/models";
import type { Work } from "../../bench/work";
import { loadWeights } from "../checkpoint/load-model";
import type { ModelConfig } from "../nn/model";
import { createGenerator } from "./generator";

const PROMPT = [1, 17, 253, 640, 99, 1031, 402, 7]; // any ids: what is made of them is not read
const NEW_TOKENS = 128;

/**
 * 128 new tokens a row from the whole distribution at temperature 1; nothing stops early.
 * @param calls of a run, so that it takes long enough to be timed
 */
function generation(
  name: string,
  config: ModelConfig,
  rows: number,
  calls: number,
  prepare: Work["prepare"],
): Work {
  const tokens = calls * rows * NEW_TOKENS;
  const options = { rows, calls, new_tokens: NEW_TOKENS, prompt: PROMPT.join(" ") };
  return {
    name: `generate ${name} b${rows}`,
    runs: 7,
    warmUps: 5, // a step of ours is some thousand lines that the engine compiles when it has seen them often
    tokens,
    flops: forwardFlops(config, tokens, PROMPT.length + NEW_TOKENS / 2),
    gemm: [rows, config.width, config.ffn],
    prepare,
    async open({ folder, threads }) {
      const generator = await createGenerator(await loadWeights(folder), { threads });
      let seed = 0;
      return {
        async run() {
          let check = 0;
          for (let call = 0; call < calls; call++) {
            const requests = Array.from({ length: rows }, () => ({
              ids: PROMPT,
              seed: seed++,
              maxNewTokens: NEW_TOKENS,
              temperature: 1,
              stopIds: [],
            }));
            for (const { ids } of await generator.generate(requests)) check += ids.length;
          }
          return { check };
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

const writeSmallGpt2 = (folder: string): Promise<void> => writeRandomModel(folder, smallGpt2);

export const generateWorks: readonly Work[] = [
  generation("tinystories", tinyStories, 64, 2, writeTinyStories),
  generation("tinystories", tinyStories, 8, 6, writeTinyStories),
  generation("tinystories", tinyStories, 1, 12, writeTinyStories),
  generation("gpt2-5.8m", smallGpt2, 64, 1, writeSmallGpt2),
  generation("gpt2-5.8m", smallGpt2, 1, 4, writeSmallGpt2),
];

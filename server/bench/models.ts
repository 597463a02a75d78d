import { existsSync } from "node:fs";
import { cp, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { writeConfig } from "../ml/checkpoint/config-write";
import { writeSafetensors } from "../ml/checkpoint/safetensors";
import { initialWeights, type ModelConfig } from "../ml/nn/model";
import { symbolTokenizer } from "../ml/text/symbol-tokenizer";

/** A GPT-2 without special tokens, so that nothing stops early. */
export function gpt2Shape(
  sizes: Pick<ModelConfig, "vocab" | "width" | "layers" | "heads" | "context">,
): ModelConfig {
  return {
    family: "gpt2",
    head: "lm",
    ...sizes,
    kvHeads: sizes.heads,
    headDim: sizes.width / sizes.heads,
    ffn: 4 * sizes.width,
    normEps: 1e-5,
    activation: "gelu_new",
    rope: null,
    tied: true,
    attentionBias: "all",
    mlpBias: true,
    bosId: null,
    eosId: null,
    padId: null,
  };
}

/** 5.8 million parameters. */
export const smallGpt2 = gpt2Shape({ vocab: 4096, width: 256, layers: 6, heads: 8, context: 256 });

/** GPT-2 as published: 124 million parameters. */
export const publishedGpt2 = gpt2Shape({
  vocab: 50_257,
  width: 768,
  layers: 12,
  heads: 12,
  context: 1024,
});

/** The shape of TinyStories-656K. */
export const tinyStories: ModelConfig = {
  ...smallGpt2,
  family: "llama",
  vocab: 2048,
  width: 128,
  layers: 2,
  heads: 8,
  kvHeads: 4,
  headDim: 16,
  ffn: 384,
  context: 512,
  normEps: 1e-6,
  activation: "silu",
  rope: { theta: 10_000, scaling: null },
  attentionBias: "none",
  mlpBias: false,
};

const LETTERS = " ,.abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** The model itself, where it stands beside the repository. */
const tinyStoriesFolder = fileURLToPath(
  new URL("../../../shared/models/TinyStories-656K", import.meta.url),
);

/** Writes a model of random weights that transformers opens too. */
export async function writeRandomModel(folder: string, config: ModelConfig): Promise<void> {
  await writeFile(path.join(folder, "config.json"), JSON.stringify(writeConfig(config)));
  const weights = initialWeights(config, 1);
  await writeSafetensors(path.join(folder, "model.safetensors"), weights, { format: "pt" });
}

/** TinyStories-656K where it is at hand, else random weights of its shape and a tokenizer of single letters. */
export async function writeTinyStories(folder: string): Promise<void> {
  if (existsSync(tinyStoriesFolder)) return cp(tinyStoriesFolder, folder, { recursive: true });
  await writeRandomModel(folder, tinyStories);
  await symbolTokenizer(LETTERS).save(folder);
}

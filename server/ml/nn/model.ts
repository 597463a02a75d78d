import type { Weights } from "../graph/parameters";
import { Random } from "../runtime/random";
import { headWidth, type ModelConfig } from "./config";
import { gpt2 } from "./gpt2";
import { gptNeox } from "./gpt-neox";
import { llama } from "./llama";
import { opt } from "./opt";
import type { Family } from "./family";

export type { Weight, Weights } from "../graph/parameters";
export { headWidth, type ModelConfig } from "./config";

export interface Model {
  readonly config: ModelConfig;
  readonly weights: Weights;
}

const families: Record<ModelConfig["family"], Family> = {
  gpt2,
  gpt_neox: gptNeox,
  llama,
  mistral: llama,
  qwen2: llama,
  qwen3: llama,
  opt,
};

export function familyOf(config: ModelConfig): Family {
  return families[config.family];
}

/** Every weight of the model by its Hugging Face name, in Hugging Face layout. */
export function parameterShapes(config: ModelConfig): Map<string, number[]> {
  const shapes = new Map(familyOf(config).shapes(config));
  const width = headWidth(config);
  if (config.head === "score") shapes.set("score.weight", [1, width]);
  else if (!config.tied) shapes.set("lm_head.weight", [config.vocab, width]);
  return shapes;
}

/**
 * Fresh weights: N(0, 0.02), norms 1, biases 0, as transformers makes them; GPT-2's projections into
 * the residual stream by 1/√(2·layers) less (Radford et al. 2019); a score head N(0, 1/√(width + 1))
 * (Stiennon et al. 2020).
 */
export function initialWeights(config: ModelConfig, seed: number): Weights {
  const weights: Weights = new Map();
  const random = new Random(seed).fork("initial weights");
  const family = familyOf(config);
  for (const [name, shape] of parameterShapes(config)) {
    const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
    if (family.isNorm(name)) data.fill(name.endsWith(".bias") ? 0 : 1);
    else if (!name.endsWith(".bias")) {
      const scaled = family.isScaledDown?.(name) ? 0.02 / Math.sqrt(2 * config.layers) : 0.02;
      const deviation = name === "score.weight" ? 1 / Math.sqrt(headWidth(config) + 1) : scaled;
      random.fork(name).fillNormal(data, deviation);
    }
    weights.set(name, { shape, data });
  }
  return weights;
}

/** Numbers in all weights together. */
export function parameterCount(config: ModelConfig): number {
  let count = 0;
  for (const shape of parameterShapes(config).values()) count += shape.reduce((a, b) => a * b, 1);
  return count;
}

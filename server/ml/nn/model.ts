import type { Weights } from "../graph/parameters";
import { Random } from "../runtime/random";
import type { ModelConfig } from "./config";
import { gpt2 } from "./gpt2";
import { llama } from "./llama";
import type { Family } from "./family";

export type { Weight, Weights } from "../graph/parameters";
export type { ModelConfig } from "./config";

export interface Model {
  readonly config: ModelConfig;
  readonly weights: Weights;
}

const families: Record<ModelConfig["family"], Family> = { gpt2, llama };

export function familyOf(config: ModelConfig): Family {
  return families[config.family];
}

/** Every weight of the model by its Hugging Face name, in Hugging Face layout. */
export function parameterShapes(config: ModelConfig): Map<string, number[]> {
  const shapes = new Map(familyOf(config).shapes(config));
  if (config.head === "score") shapes.set("score.weight", [1, config.width]);
  else if (!config.tied) shapes.set("lm_head.weight", [config.vocab, config.width]);
  return shapes;
}

/**
 * Fresh weights (Radford et al. 2019): N(0, 0.02), the projections into the residual stream by
 * 1/√(2·layers) less; norms 1, biases 0; a score head N(0, 1/√(width + 1)) (Stiennon et al. 2020).
 */
export function initialWeights(config: ModelConfig, seed: number): Weights {
  const weights: Weights = new Map();
  const random = new Random(seed).fork("initial weights");
  const family = familyOf(config);
  for (const [name, shape] of parameterShapes(config)) {
    const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
    if (family.isNorm(name)) data.fill(name.endsWith(".bias") ? 0 : 1);
    else if (!name.endsWith(".bias")) {
      const scaled = family.isResidual(name) ? 0.02 / Math.sqrt(2 * config.layers) : 0.02;
      const deviation = name === "score.weight" ? 1 / Math.sqrt(config.width + 1) : scaled;
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

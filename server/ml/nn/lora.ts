import type { Adapters, Weight, Weights } from "../graph/parameters";
import { Random } from "../runtime/random";
import type { Lora, LoraLayer, LoraSettings } from "./lora-settings";
import { byPattern, savedOf, targetsOf } from "./lora-targets";
import { familyOf, type Model, type ModelConfig } from "./model";

const ORIGINAL = "original.";

/** What forward passes need to know of a model's adapters. */
export function adaptersOf({ lora }: ModelConfig): Adapters | null {
  if (!lora) return null;
  const scales = new Map([...lora.layers].map(([module, { scale }]) => [module, scale]));
  return { scales, dropout: lora.settings.dropout };
}

/** Which adapters these settings mean for a model. @throws bad-input for targets that cannot be */
export function planLora(config: ModelConfig, settings: LoraSettings): Lora {
  const layers = new Map<string, LoraLayer>();
  for (const [module, shape] of targetsOf(config, settings)) {
    const rank = byPattern(settings.rankPattern, module, settings.rank);
    const alpha = byPattern(settings.alphaPattern, module, settings.alpha);
    layers.set(module, {
      rank,
      shape,
      scale: alpha / (settings.rslora ? Math.sqrt(rank) : rank),
    });
  }
  return { settings, layers, saved: savedOf(config, settings) };
}

/** Name and shape of what adapters add to the weights. */
export function adapterShapes({ layers }: Lora): Map<string, number[]> {
  const shapes = new Map<string, number[]>();
  for (const [module, { rank, shape }] of layers) {
    shapes.set(`${module}.lora_A.weight`, [rank, shape[1]]);
    shapes.set(`${module}.lora_B.weight`, [shape[0], rank]);
  }
  return shapes;
}

/**
 * The model with fresh adapters, which change nothing yet: A uniform in ±1/√in, B zero. The frozen
 * weights are shared, not copied.
 */
export function addLora(model: Model, settings: LoraSettings, seed: number): Model {
  const lora = planLora(model.config, settings);
  const random = new Random(seed).fork("lora");
  const weights = withOriginals(model.weights, lora.saved);
  for (const [name, shape] of adapterShapes(lora)) {
    const data = new Float32Array(shape[0] * shape[1]);
    if (name.endsWith("lora_A.weight")) {
      const bound = 1 / Math.sqrt(shape[1]); // Kaiming's uniform with a = √5
      const stream = random.fork(name);
      for (let i = 0; i < data.length; i++) data[i] = bound * (2 * stream.uniform() - 1);
    }
    weights.set(name, { shape, data });
  }
  return { config: { ...model.config, lora }, weights };
}

/** The same weights, those that learn whole in arrays of their own with what they were kept beside. */
export function withOriginals(weights: Weights, saved: readonly string[]): Weights {
  const all = new Map(weights);
  for (const name of saved) {
    const weight = weights.get(name)!;
    all.set(ORIGINAL + name, weight);
    all.set(name, { shape: weight.shape, data: weight.data.slice() });
  }
  return all;
}

/** Whether a weight is changed by training: of a model with adapters, they and what learns whole. */
export function learns({ lora }: ModelConfig, name: string): boolean {
  if (!lora) return true;
  return isAdapter(name) || lora.saved.includes(name);
}

/** The model under its adapters, sharing its arrays. */
export function withoutLora({ config, weights }: Model): Model {
  const { lora, ...plain } = config;
  if (!lora) return { config, weights };
  const base: Weights = new Map();
  for (const [name, weight] of weights)
    if (!isBeside(name)) base.set(name, weights.get(ORIGINAL + name) ?? weight);
  return { config: plain, weights: base };
}

/** The same function in arrays of its own; what is frozen under adapters is shared. */
export function copyModel<M extends Model>(model: M): M {
  const weights: Weights = new Map();
  for (const [name, weight] of model.weights) {
    const { shape, data } = weight;
    weights.set(name, learns(model.config, name) ? { shape, data: data.slice() } : weight);
  }
  return { ...model, weights };
}

/** Whether the adapters do nothing yet: every B is zero and nothing has learnt whole. */
export function isFresh({ config, weights }: Model): boolean {
  const { layers, saved } = config.lora!;
  const zero = ({ data }: Weight): boolean => data.every((x) => x === 0);
  return (
    [...layers.keys()].every((module) => zero(weights.get(`${module}.lora_B.weight`)!)) &&
    saved.every((name) => {
      const before = weights.get(ORIGINAL + name)!.data;
      return weights.get(name)!.data.every((x, i) => x === before[i]);
    })
  );
}

/**
 * The model with its adapters worked into the weights: W + scale·B·A. What they do not touch is shared;
 * a head that was the embedding becomes a weight of its own where it had an adapter.
 */
export function mergeLora<M extends Model>(model: M): M {
  const { lora, ...config } = model.config;
  if (!lora) return model;
  const weights: Weights = new Map();
  for (const [name, weight] of model.weights) if (!isBeside(name)) weights.set(name, weight);
  const { embedding, transposed = false } = familyOf(config);
  const untied = config.tied && lora.layers.has("lm_head");
  for (const [module, layer] of lora.layers) {
    const of = (side: "A" | "B") => model.weights.get(`${module}.lora_${side}.weight`)!.data;
    const name = `${module}.weight`;
    const head = module === "lm_head";
    const before = weights.get(head && untied ? embedding : name)!;
    weights.set(name, merged(before, of("A"), of("B"), layer, transposed && !head));
  }
  return { ...model, config: untied ? { ...config, tied: false } : config, weights };
}

function merged(
  { shape, data }: Weight,
  a: Float32Array,
  b: Float32Array,
  { rank, scale, shape: [rows, columns] }: LoraLayer,
  transposed: boolean,
): Weight {
  const sum = data.slice();
  const product = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    product.fill(0);
    for (let k = 0; k < rank; k++) {
      const factor = b[i * rank + k];
      for (let j = 0; j < columns; j++) product[j] += factor * a[k * columns + j];
    }
    for (let j = 0; j < columns; j++)
      sum[transposed ? j * rows + i : i * columns + j] += scale * product[j];
  }
  return { shape, data: sum };
}

/** Weights that are there for the adapters alone. */
function isBeside(name: string): boolean {
  return isAdapter(name) || name.startsWith(ORIGINAL);
}

function isAdapter(name: string): boolean {
  return /\.lora_[AB]\.weight$/.test(name);
}

import { AppError } from "../domain/app-error";
import type { ModelConfig } from "../ml/nn/model";
import { nearest } from "./nearest";

/** Sizes of a new model; what is left out follows from the others. */
export interface Sizes {
  readonly layers?: number;
  readonly width?: number;
  readonly heads?: number;
  readonly kvHeads?: number;
  readonly ffn?: number;
  readonly context?: number;
}

type Vocabulary = Pick<ModelConfig, "vocab" | "bosId" | "eosId" | "padId">;
type Family = ModelConfig["family"];

/** Architectures that `model init` makes. */
export const architectures: Record<Family, string> = {
  gpt2: "learned positions, LayerNorm, GELU; all heads with keys and values of their own",
  gpt_neox:
    "(Pythia) rotary positions on a quarter of each head, attention and feed-forward side by side",
  llama: "rotary positions, RMSNorm, SwiGLU; heads may share keys and values (--kv-heads)",
  mistral: "the same by another name",
  qwen2: "llama with biases on queries, keys and values",
  qwen3: "llama with a norm on each query and key head",
  opt: "gpt2 with ReLU, a projection each for queries, keys and values",
};

const DEFAULTS = { layers: 4, width: 128, heads: 4, context: 256 };

/** What a family's models have in common; the rest is their sizes. */
type Traits = Pick<
  ModelConfig,
  "normEps" | "activation" | "rope" | "tied" | "attentionBias" | "mlpBias"
>;

const gpt2: Traits = {
  normEps: 1e-5,
  activation: "gelu_new",
  rope: null,
  tied: true,
  attentionBias: "all",
  mlpBias: true,
};
const llama: Traits = {
  normEps: 1e-5,
  activation: "silu",
  rope: { theta: 10_000, scaling: null },
  tied: true,
  attentionBias: "none",
  mlpBias: false,
};
const traits: Record<Family, Traits> = {
  gpt2,
  gpt_neox: {
    ...gpt2,
    activation: "gelu",
    rope: { theta: 10_000, scaling: null, partial: 0.25 },
    tied: false,
  },
  llama,
  mistral: llama,
  qwen2: { ...llama, attentionBias: "qkv" },
  qwen3: llama,
  opt: { ...gpt2, activation: "relu" },
};

/**
 * The configuration of a new language model.
 * @param name "gpt-neox" is understood as "gpt_neox"
 * @throws AppError bad-input for an unknown architecture or sizes that do not go together
 */
export function newConfig(name: string, sizes: Sizes, vocabulary: Vocabulary): ModelConfig {
  const family = familyOf(name);
  const { mlpBias, rope } = traits[family];
  const gated = !mlpBias; // the families with SwiGLU have no biases there
  const { layers, width, heads, context } = { ...DEFAULTS, ...given(sizes) };
  const { kvHeads = heads } = sizes;
  const ffn = sizes.ffn ?? (gated ? roundUp((8 / 3) * width, 32) : 4 * width);
  if (width % heads !== 0) {
    throw wrong(
      `--width ${width} is not a multiple of --heads ${heads}`,
      "a head needs a whole width, give another of the two",
    );
  }
  if (heads % kvHeads !== 0) {
    throw wrong(
      `--heads ${heads} is not a multiple of --kv-heads ${kvHeads}`,
      "heads share keys and values evenly, give another of the two",
    );
  }
  if (!gated && kvHeads !== heads) {
    throw wrong(
      `--kv-heads ${kvHeads} cannot be with --arch ${name}`,
      `${name} shares none; leave it out or use llama`,
    );
  }
  const headDim = width / heads;
  const turned = rope && Math.floor(headDim * (rope.partial ?? 1));
  if (turned !== null && (turned < 1 || 2 * Math.ceil(turned / 2) > headDim)) {
    throw wrong(
      `--width ${width} gives heads of ${headDim}`,
      "rotary positions turn pairs: a head's width must be even, gpt_neox's at least 4",
    );
  }
  return {
    family,
    head: "lm",
    ...vocabulary,
    width,
    layers,
    heads,
    kvHeads,
    headDim,
    ffn,
    context,
    ...traits[family],
  };
}

function familyOf(name: string): Family {
  const family = name.replaceAll("-", "_");
  if (Object.hasOwn(architectures, family)) return family as Family;
  const known = Object.keys(architectures);
  throw new AppError(
    "bad-input",
    `--arch ${name} is unknown; did you mean ${nearest(name, known)}? There are ${known.join(", ")}.`,
  );
}

function given<T extends object>(values: T): { [K in keyof T]: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: NonNullable<T[K]>;
  };
}

function roundUp(x: number, multiple: number): number {
  return Math.ceil(x / multiple) * multiple;
}

function wrong(what: string, why: string): AppError {
  return new AppError("bad-input", `${what}: ${why}.`);
}

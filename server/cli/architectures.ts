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

/** Architectures that `model init` makes. */
export const architectures = {
  gpt2: "learned positions, LayerNorm, GELU; all heads with keys and values of their own",
  llama: "rotary positions, RMSNorm, SwiGLU; heads may share keys and values (--kv-heads)",
  qwen2: "llama with biases on queries, keys and values",
} as const;

const DEFAULTS = { layers: 4, width: 128, heads: 4, context: 256 };

/**
 * The configuration of a new language model with a tied head.
 * @throws AppError bad-input for an unknown architecture or sizes that do not go together
 */
export function newConfig(name: string, sizes: Sizes, vocabulary: Vocabulary): ModelConfig {
  if (!Object.hasOwn(architectures, name)) {
    const known = Object.keys(architectures);
    throw new AppError(
      "bad-input",
      `--arch ${name} is unknown; did you mean ${nearest(name, known)}? There are ${known.join(", ")}.`,
    );
  }
  const isGpt2 = name === "gpt2";
  const { layers, width, heads, context } = { ...DEFAULTS, ...given(sizes) };
  const { kvHeads = heads } = sizes;
  const ffn = sizes.ffn ?? (isGpt2 ? 4 * width : roundUp((8 / 3) * width, 32));
  if (width % heads !== 0) {
    throw wrong(
      `--width ${width} is not a multiple of --heads ${heads}`,
      "a head needs a whole width",
    );
  }
  if (heads % kvHeads !== 0) {
    throw wrong(
      `--heads ${heads} is not a multiple of --kv-heads ${kvHeads}`,
      "heads share keys and values evenly",
    );
  }
  if (isGpt2 && kvHeads !== heads) {
    throw wrong(
      `--kv-heads ${kvHeads} with --arch gpt2`,
      "gpt2 shares none; leave it out or use llama",
    );
  }
  const headDim = width / heads;
  if (!isGpt2 && headDim % 2 !== 0) {
    throw wrong(
      `--width ${width} gives heads of ${headDim}`,
      "rotary positions turn pairs: a head's width must be even",
    );
  }
  return {
    family: isGpt2 ? "gpt2" : "llama",
    head: "lm",
    ...vocabulary,
    width,
    layers,
    heads,
    kvHeads,
    headDim,
    ffn,
    context,
    normEps: 1e-5,
    activation: isGpt2 ? "gelu_new" : "silu",
    rope: isGpt2 ? null : { theta: 10_000, scaling: null },
    tied: true,
    attentionBias: isGpt2 ? "all" : name === "qwen2" ? "qkv" : "none",
    mlpBias: isGpt2,
  };
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
  return new AppError("bad-input", `${what} cannot be: ${why}.`);
}

import { describe, expect, test } from "vitest";
import { readConfig } from "./config-read";

const common = { vocab_size: 15, hidden_size: 8, num_hidden_layers: 2, num_attention_heads: 2 };
const llama = {
  ...common,
  model_type: "llama",
  intermediate_size: 20,
  max_position_embeddings: 12,
};
const mistral = { ...llama, model_type: "mistral", num_key_value_heads: 1 };
const qwen2 = { ...mistral, model_type: "qwen2" };
const qwen3 = { ...qwen2, model_type: "qwen3", head_dim: 6 };
const gptNeox = { ...llama, model_type: "gpt_neox", hidden_size: 32 };
const read = (json: object) => readConfig(json, "config.json");

describe("refuses, naming the option:", () => {
  test.each<[string, Record<string, unknown>, RegExp]>([
    [
      "another kind of head",
      { architectures: ["LlamaForTokenClassification"] },
      /LlamaForTokenClassification/,
    ],
    [
      "a classifier of several labels",
      { architectures: ["LlamaForSequenceClassification"], num_labels: 3 },
      /num_labels 3/,
    ],
    ["a missing size", { hidden_size: undefined }, /hidden_size/],
    ["a size that is no size", { num_hidden_layers: -1 }, /num_hidden_layers/],
    ["more layers than there can be", { num_hidden_layers: 2e9 }, /num_hidden_layers/],
    ["an unsupported activation", { hidden_act: "xielu" }, /activation "xielu"/],
    ["an unsupported rope", { rope_scaling: { rope_type: "longrope" } }, /rope type "longrope"/],
    [
      "a rope of several axes",
      { rope_scaling: { mrope_section: [2, 1] } },
      /rope_scaling.*mrope_section/,
    ],
    [
      "a part of each head",
      { partial_rotary_factor: 0.5 },
      /partial_rotary_factor is not supported/,
    ],
    [
      "a sliding layer",
      { layer_types: ["full_attention", "sliding_attention"] },
      /no sliding_window/,
    ],
    ["a layer of another kind", { layer_types: ["linear_attention"] }, /"linear_attention"/],
    ["experts", { num_local_experts: 4 }, /num_local_experts 4 is not supported/],
    ["capped logits", { final_logit_softcapping: 30 }, /final_logit_softcapping 30/],
    ["a multiplier", { attention_multiplier: 0.5 }, /attention_multiplier 0\.5/],
    ["quantised weights", { quantization_config: { bits: 4 } }, /quantization_config/],
    ["attention to later tokens", { is_causal: false }, /is_causal false/],
    ["heads of an odd width", { head_dim: 5 }, /5 of 5 cannot be turned/],
    ["a rope without its factor", { rope_scaling: { type: "linear" } }, /"linear" needs factor/],
    ["a sliding window", { sliding_window: 4 }, /sliding_window 4/],
    ["heads that cannot share", { num_attention_heads: 2, num_key_value_heads: 3 }, /cannot share/],
  ])("%s", (_, change, message) => {
    expect(() => read({ ...llama, ...change })).toThrow(message);
  });

  test.each<[string, object, RegExp]>([
    [
      "mistral's window, where the file leaves it out",
      { ...mistral, max_position_embeddings: 8192 },
      /sliding_window 4096 is shorter than the context of 8192/,
    ],
    [
      "qwen's window, where it is used",
      { ...qwen2, use_sliding_window: true, sliding_window: 4, max_window_layers: 1 },
      /sliding_window 4/,
    ],
    [
      "qwen's window on one layer",
      {
        ...qwen3,
        use_sliding_window: true,
        sliding_window: 4,
        layer_types: ["full_attention", "sliding_attention"],
      },
      /sliding_window 4/,
    ],
    [
      "two names for one thing",
      { ...gptNeox, rotary_pct: 0.25, partial_rotary_factor: 0.5 },
      /partial_rotary_factor 0\.5 is not the rotary_pct 0\.25/,
    ],
    ["two bases", { ...gptNeox, rotary_emb_base: 10, rope_theta: 20 }, /rope_theta 20/],
    [
      "rope by kind of layer",
      { ...qwen3, rope_parameters: { full_attention: { rope_type: "default" } } },
      /rope_parameters.*full_attention/,
    ],
    [
      "pairs that a small head has not",
      { ...gptNeox, num_attention_heads: 16 },
      /0 of 2 cannot be turned/,
    ],
    [
      "dynamic scaling of one pair",
      { ...gptNeox, hidden_size: 16, rope_scaling: { type: "dynamic", factor: 2 } },
      /"dynamic" needs more than 2/,
    ],
  ])("%s", (_, json, message) => {
    expect(() => read(json)).toThrow(message);
  });
});

describe("takes what transformers takes for options that are left out:", () => {
  test("a window that no layer has, or that is not shorter than the context", () => {
    expect(read(mistral).family).toBe("mistral");
    expect(read({ ...mistral, max_position_embeddings: 9999, sliding_window: null }).context).toBe(
      9999,
    );
    const slides = { ...qwen2, use_sliding_window: true, sliding_window: 4, max_window_layers: 2 };
    expect(read(slides).context).toBe(12);
    expect(read({ ...qwen2, sliding_window: 4 }).context).toBe(12);
  });

  test("heads", () => {
    expect(read(llama)).toMatchObject({ kvHeads: 2, headDim: 4 });
    const heads = { num_attention_heads: 64, hidden_size: 128, num_key_value_heads: undefined };
    expect(read({ ...mistral, ...heads }).kvHeads).toBe(8);
    expect(read({ ...qwen3, ...heads, head_dim: undefined })).toMatchObject({
      kvHeads: 32,
      headDim: 128,
    });
    expect(read({ ...qwen2, num_key_value_heads: null }).kvHeads).toBe(2);
  });

  test("biases", () => {
    const biased = { attention_bias: true };
    const biases = [llama, mistral, qwen2, qwen3].map(
      (json) => read({ ...json, ...biased }).attentionBias,
    );
    expect(biases).toEqual(["all", "none", "qkv", "all"]);
    expect(read(gptNeox).attentionBias).toBe("all");
  });

  test("rotary positions, in the styles of transformers 4 and 5", () => {
    const { rope } = read({ ...llama, rope_theta: 50, rope_scaling: { type: "yarn", factor: 4 } });
    expect(rope).toEqual({
      theta: 50,
      scaling: {
        type: "yarn",
        factor: 4,
        originalContext: 12,
        betaFast: 32,
        betaSlow: 1,
        truncate: true,
        attentionFactor: 0.1 * Math.log(4) + 1,
      },
    });
    const parameters = { rope_type: "yarn", rope_theta: 50, factor: 4 };
    expect(read({ ...llama, rope_parameters: parameters }).rope).toEqual(rope);
    const mscale = { ...parameters, mscale: 0.7, mscale_all_dim: 0.3, attention_factor: null };
    expect(read({ ...llama, rope_parameters: mscale }).rope?.scaling).toMatchObject({
      attentionFactor: (0.07 * Math.log(4) + 1) / (0.03 * Math.log(4) + 1),
    });
    const outside = { ...llama, rope_parameters: parameters, original_max_position_embeddings: 6 };
    expect(read(outside).rope?.scaling).toMatchObject({ originalContext: 6 });
    expect(read(gptNeox).rope).toEqual({ theta: 10_000, scaling: null, partial: 0.25 });
    const pythia = { ...gptNeox, rotary_pct: 1, rotary_emb_base: 70 };
    expect(read(pythia).rope).toEqual({ theta: 70, scaling: null });
  });

  test("dynamic scaling is for texts as much longer as its factor says", () => {
    const dynamic = read({ ...llama, rope_scaling: { type: "dynamic", factor: 2.5 } });
    expect(dynamic.context).toBe(30);
    expect(dynamic.rope?.scaling).toEqual({ type: "dynamic", factor: 2.5, trainedContext: 12 });
  });
});

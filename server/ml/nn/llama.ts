import { add, mul } from "../graph/ops/elementwise";
import { gatherRows } from "../graph/ops/gather";
import { rmsNorm } from "../graph/ops/normalise";
import type { Parameters } from "../graph/parameters";
import type { Tensor } from "../graph/tensor";
import { type Family, readIn } from "./family";
import type { ModelConfig } from "./config";
import { activations, dense } from "./layers";
import { rotaryAngles, rotateHeads, splitHeads } from "./rotary";

/**
 * Llama (Touvron et al. 2023) and its like: RMSNorm, rotary positions, grouped queries, SwiGLU.
 * Mistral is the same, Qwen2 has biases on queries, keys and values, Qwen3 a norm on each query and
 * key head. Weights are stored [out, in]. N = tokens, C = width.
 */
export const llama: Family = {
  embedding: "model.embed_tokens.weight",
  isNorm: (name) => name.endsWith("norm.weight"),

  shapes(config) {
    const { vocab, width: c, layers, heads, kvHeads, headDim, ffn } = config;
    const [q, kv] = [heads * headDim, kvHeads * headDim];
    const bias = {
      none: [],
      qkv: [["q_proj", q] as const, ["k_proj", kv] as const, ["v_proj", kv] as const],
      all: [
        ["q_proj", q] as const,
        ["k_proj", kv] as const,
        ["v_proj", kv] as const,
        ["o_proj", c] as const,
      ],
    }[config.attentionBias];
    const headNorms = {
      "self_attn.q_norm.weight": [headDim],
      "self_attn.k_norm.weight": [headDim],
    };
    const mlpBias = { gate_proj: ffn, up_proj: ffn, down_proj: c };
    const block = (i: number): [string, number[]][] =>
      Object.entries({
        "self_attn.q_proj.weight": [q, c],
        "self_attn.k_proj.weight": [kv, c],
        "self_attn.v_proj.weight": [kv, c],
        "self_attn.o_proj.weight": [c, q],
        ...Object.fromEntries(bias.map(([name, size]) => [`self_attn.${name}.bias`, [size]])),
        ...(config.family === "qwen3" && headNorms),
        "mlp.gate_proj.weight": [ffn, c],
        "mlp.up_proj.weight": [ffn, c],
        "mlp.down_proj.weight": [c, ffn],
        ...(config.mlpBias &&
          Object.fromEntries(Object.entries(mlpBias).map(([n, s]) => [`mlp.${n}.bias`, [s]]))),
        "input_layernorm.weight": [c],
        "post_attention_layernorm.weight": [c],
      }).map(([name, shape]) => [`model.layers.${i}.${name}`, shape]);
    return [
      ["model.embed_tokens.weight", [vocab, c]],
      ...Array.from({ length: layers }, (_, i) => block(i)).flat(),
      ["model.norm.weight", [c]],
    ];
  },

  forward(config, params, tokens) {
    const p = params.under("model.");
    const { ids, attend } = tokens;
    const { graph } = ids;
    const { normEps, headDim } = config;
    const angles = graph.scope("rotary", () => rotaryAngles(config, tokens));
    let x = gatherRows(p.get("embed_tokens.weight"), ids); // (N, C)
    for (let i = 0; i < config.layers; i++) {
      const block = p.under(`layers.${i}.`);
      const read = readIn(i, config, tokens);
      graph.scope(`layer${i}`, () => {
        const mix = (h: Tensor): Tensor => {
          const q = dense(h, block, "self_attn.q_proj"); // (N, H·d)
          const k = dense(h, block, "self_attn.k_proj"); // (N, KV·d)
          const v = dense(h, block, "self_attn.v_proj");
          const turn = (y: Tensor, name: string): Tensor => {
            const gain = block.maybe(`self_attn.${name}.weight`); // (d), Qwen3's
            const normed = gain ? rmsNorm(splitHeads(y, headDim), gain, normEps) : y;
            return rotateHeads(normed, angles, headDim);
          };
          const mixed = attend(i, turn(q, "q_norm"), turn(k, "k_norm"), v);
          return dense(read(mixed), block, "self_attn.o_proj");
        };
        const norm = (y: Tensor, name: string): Tensor =>
          rmsNorm(y, block.get(`${name}.weight`), normEps);
        x = add(
          read(x),
          graph.scope("attention", () => mix(norm(x, "input_layernorm"))),
        );
        const feed = (): Tensor => mlp(norm(x, "post_attention_layernorm"), block, config);
        x = add(x, graph.scope("mlp", feed));
      });
    }
    return graph.scope("final", () => rmsNorm(x, p.get("norm.weight"), normEps));
  },
};

/** SwiGLU (Shazeer 2020). */
function mlp(x: Tensor, block: Parameters, { activation }: ModelConfig): Tensor {
  const gate = activations[activation](dense(x, block, "mlp.gate_proj")); // (N, F)
  return dense(mul(gate, dense(x, block, "mlp.up_proj")), block, "mlp.down_proj");
}

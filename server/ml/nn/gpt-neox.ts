import { add } from "../graph/ops/elementwise";
import { gatherRows } from "../graph/ops/gather";
import { layerNorm } from "../graph/ops/normalise";
import { reshape, split } from "../graph/ops/shape";
import type { Parameters } from "../graph/parameters";
import type { Tensor } from "../graph/tensor";
import { type Family, readIn } from "./family";
import type { ModelConfig } from "./config";
import { activations, dense } from "./layers";
import { rotaryAngles, rotateHeads } from "./rotary";

/**
 * GPT-NeoX (Black et al. 2022), also Pythia: rotary positions on a part of each head, attention and
 * feed-forward side by side. Weights are stored [out, in]. N = tokens, C = width.
 */
export const gptNeox: Family = {
  embedding: "gpt_neox.embed_in.weight",
  isNorm: (name) => /layer_?norm\./.test(name),

  shapes({ vocab, width: c, layers, ffn, attentionBias }) {
    const biased = attentionBias === "all";
    const block = (i: number): [string, number[]][] =>
      Object.entries({
        "input_layernorm.weight": [c],
        "input_layernorm.bias": [c],
        "post_attention_layernorm.weight": [c],
        "post_attention_layernorm.bias": [c],
        "attention.query_key_value.weight": [3 * c, c],
        ...(biased && { "attention.query_key_value.bias": [3 * c] }),
        "attention.dense.weight": [c, c],
        ...(biased && { "attention.dense.bias": [c] }),
        "mlp.dense_h_to_4h.weight": [ffn, c],
        "mlp.dense_h_to_4h.bias": [ffn],
        "mlp.dense_4h_to_h.weight": [c, ffn],
        "mlp.dense_4h_to_h.bias": [c],
      }).map(([name, shape]) => [`gpt_neox.layers.${i}.${name}`, shape]);
    return [
      ["gpt_neox.embed_in.weight", [vocab, c]],
      ...Array.from({ length: layers }, (_, i) => block(i)).flat(),
      ["gpt_neox.final_layer_norm.weight", [c]],
      ["gpt_neox.final_layer_norm.bias", [c]],
    ];
  },

  forward(config, params, tokens) {
    const p = params.under("gpt_neox.");
    const { ids, attend } = tokens;
    const { graph } = ids;
    const { headDim, parallelResidual = true } = config;
    const angles = graph.scope("rotary", () => rotaryAngles(config, tokens));
    let x = gatherRows(p.get("embed_in.weight"), ids); // (N, C)
    for (let i = 0; i < config.layers; i++) {
      const block = p.under(`layers.${i}.`);
      const read = readIn(i, config, tokens);
      const attention = (): Tensor => {
        const [q, k, v] = queryKeyValue(norm(x, block, "input_layernorm", config), block, config);
        const turn = (y: Tensor): Tensor => rotateHeads(y, angles, headDim);
        return dense(read(attend(i, turn(q), turn(k), v)), block, "attention.dense");
      };
      const mlp = (y: Tensor): Tensor => {
        const normed = norm(y, block, "post_attention_layernorm", config);
        const inner = activations[config.activation](dense(normed, block, "mlp.dense_h_to_4h"));
        return dense(inner, block, "mlp.dense_4h_to_h");
      };
      graph.scope(`layer${i}`, () => {
        const before = read(x);
        const attended = add(before, graph.scope("attention", attention));
        x = add(
          attended,
          graph.scope("mlp", () => mlp(parallelResidual ? before : attended)),
        );
      });
    }
    return graph.scope("final", () => norm(x, p, "final_layer_norm", config));
  },
};

/** One product, whose rows are stored head by head: a head's queries, its keys, its values. */
function queryKeyValue(
  x: Tensor,
  block: Parameters,
  { heads, headDim, width }: ModelConfig,
): [Tensor, Tensor, Tensor] {
  const all = dense(x, block, "attention.query_key_value"); // (N, H·3d)
  const apart = reshape(all, [x.shape[0], heads, 3 * headDim]);
  const parts = split(apart, [headDim, headDim, headDim], -1); // (N, H, d) each
  const [q, k, v] = parts.map((part) => reshape(part, [x.shape[0], width]));
  return [q, k, v];
}

function norm(x: Tensor, params: Parameters, name: string, { normEps }: ModelConfig): Tensor {
  return layerNorm(x, params.get(`${name}.weight`), params.get(`${name}.bias`), normEps);
}

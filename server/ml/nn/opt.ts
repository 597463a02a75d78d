import { add } from "../graph/ops/elementwise";
import { gatherRows } from "../graph/ops/gather";
import { layerNorm } from "../graph/ops/normalise";
import type { Parameters } from "../graph/parameters";
import type { Tensor } from "../graph/tensor";
import { type Family, readIn } from "./family";
import type { ModelConfig, OptVariant } from "./config";
import { activations, dense } from "./layers";

/** The table of learned positions begins with two rows that no token uses. */
const FIRST_POSITION = 2;

/**
 * OPT (Zhang et al. 2022): learned positions, norms before the blocks (opt-350m: after them).
 * Weights are stored [out, in]. N = tokens, C = width, E = width of the embedding.
 */
export const opt: Family = {
  embedding: "model.decoder.embed_tokens.weight",
  isNorm: (name) => name.includes("layer_norm."),

  shapes(config) {
    const { vocab, width: c, context, layers, ffn } = config;
    const { affine, embedWidth: e } = variantOf(config);
    const bias = (name: string, size: number): Record<string, number[]> =>
      config.mlpBias ? { [`${name}.bias`]: [size] } : {};
    const norm = (name: string): Record<string, number[]> =>
      affine ? { [`${name}.weight`]: [c], [`${name}.bias`]: [c] } : {};
    const square = (name: string): Record<string, number[]> => ({
      [`self_attn.${name}.weight`]: [c, c],
      ...bias(`self_attn.${name}`, c),
    });
    const block = {
      ...square("k_proj"),
      ...square("v_proj"),
      ...square("q_proj"),
      ...square("out_proj"),
      ...norm("self_attn_layer_norm"),
      "fc1.weight": [ffn, c],
      ...bias("fc1", ffn),
      "fc2.weight": [c, ffn],
      ...bias("fc2", c),
      ...norm("final_layer_norm"),
    };
    const all = {
      "embed_tokens.weight": [vocab, e],
      "embed_positions.weight": [context + FIRST_POSITION, c],
      ...(e !== c && { "project_out.weight": [e, c], "project_in.weight": [c, e] }),
      ...(hasFinalNorm(config) && norm("final_layer_norm")),
    };
    const layer = (i: number): [string, number[]][] =>
      Object.entries(block).map(([name, shape]) => [`layers.${i}.${name}`, shape]);
    return [
      ...Object.entries(all),
      ...Array.from({ length: layers }, (_, i) => layer(i)).flat(),
    ].map(([name, shape]) => [`model.decoder.${name}`, shape]);
  },

  forward(config, params, { ids, positions, attend, ...tokens }) {
    const p = params.under("model.decoder.");
    const { graph } = ids;
    const { normFirst, embedWidth } = variantOf(config);
    const projected = embedWidth !== config.width;
    let x = graph.scope("embedding", () => {
      const embedded = gatherRows(p.get("embed_tokens.weight"), ids); // (N, E)
      const place = gatherRows(p.get("embed_positions.weight"), add(positions, FIRST_POSITION));
      return add(projected ? dense(embedded, p, "project_in") : embedded, place); // (N, C)
    });
    for (let i = 0; i < config.layers; i++) {
      const block = p.under(`layers.${i}.`);
      const read = readIn(i, config, tokens);
      const attention = (h: Tensor): Tensor => {
        const q = dense(h, block, "self_attn.q_proj");
        const k = dense(h, block, "self_attn.k_proj");
        const v = dense(h, block, "self_attn.v_proj");
        return dense(read(attend(i, q, k, v)), block, "self_attn.out_proj");
      };
      const mlp = (h: Tensor): Tensor =>
        dense(activations[config.activation](dense(h, block, "fc1")), block, "fc2");
      const step = (name: string, of: Tensor, normName: string, run: typeof mlp): void => {
        x = graph.scope(name, () =>
          normFirst
            ? add(of, run(norm(x, block, normName, config)))
            : norm(add(of, run(x)), block, normName, config),
        );
      };
      graph.scope(`layer${i}`, () => {
        step("attention", read(x), "self_attn_layer_norm", attention);
        step("mlp", x, "final_layer_norm", mlp);
      });
    }
    return graph.scope("final", () => {
      const normed = hasFinalNorm(config) ? norm(x, p, "final_layer_norm", config) : x;
      return projected ? dense(normed, p, "project_out") : normed; // (N, E)
    });
  },
};

function variantOf({ opt: variant, width }: ModelConfig): OptVariant {
  return variant ?? { normFirst: true, finalNorm: true, affine: true, embedWidth: width };
}

function hasFinalNorm(config: ModelConfig): boolean {
  const { normFirst, finalNorm } = variantOf(config);
  return normFirst && finalNorm;
}

/** Without weights where the model's norms have none. */
function norm(x: Tensor, params: Parameters, name: string, config: ModelConfig): Tensor {
  const { graph } = x;
  const constant = (value: number): Tensor =>
    graph.constant(Array.from<number>({ length: config.width }).fill(value));
  const gain = params.maybe(`${name}.weight`) ?? constant(1);
  const bias = params.maybe(`${name}.bias`) ?? constant(0);
  return layerNorm(x, gain, bias, config.normEps);
}

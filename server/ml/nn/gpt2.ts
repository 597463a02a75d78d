import { add, mul } from "../graph/ops/elementwise";
import { gatherRows } from "../graph/ops/gather";
import { layerNorm } from "../graph/ops/normalise";
import type { Parameters } from "../graph/parameters";
import type { Tensor } from "../graph/tensor";
import { type Family, readIn } from "./family";
import type { ModelConfig } from "./config";
import { activations, conv1d, conv1dParts } from "./layers";

/** GPT-2 (Radford et al. 2019). Weights are stored [in, out]. N = tokens, C = width. */
export const gpt2: Family = {
  embedding: "transformer.wte.weight",
  transposed: true,
  isNorm: (name) => /\.ln_\w+\./.test(name),
  isScaledDown: (name) => name.endsWith("c_proj.weight"),

  shapes({ vocab, width: c, context, layers, ffn }) {
    const block = (i: number): [string, number[]][] =>
      Object.entries({
        "ln_1.weight": [c],
        "ln_1.bias": [c],
        "attn.c_attn.weight": [c, 3 * c],
        "attn.c_attn.bias": [3 * c],
        "attn.c_proj.weight": [c, c],
        "attn.c_proj.bias": [c],
        "ln_2.weight": [c],
        "ln_2.bias": [c],
        "mlp.c_fc.weight": [c, ffn],
        "mlp.c_fc.bias": [ffn],
        "mlp.c_proj.weight": [ffn, c],
        "mlp.c_proj.bias": [c],
      }).map(([name, shape]) => [`transformer.h.${i}.${name}`, shape]);
    return [
      ["transformer.wte.weight", [vocab, c]],
      ["transformer.wpe.weight", [context, c]],
      ...Array.from({ length: layers }, (_, i) => block(i)).flat(),
      ["transformer.ln_f.weight", [c]],
      ["transformer.ln_f.bias", [c]],
    ];
  },

  forward(config, params, { ids, positions, attend, ...tokens }) {
    const p = params.under("transformer.");
    const { graph } = ids;
    let x = graph.scope("embedding", () =>
      add(gatherRows(p.get("wte.weight"), ids), gatherRows(p.get("wpe.weight"), positions)),
    ); // (N, C)
    for (let i = 0; i < config.layers; i++) {
      const block = p.under(`h.${i}.`);
      const read = readIn(i, config, tokens);
      graph.scope(`layer${i}`, () => {
        const mix = (h: Tensor): Tensor => {
          const { width: c } = config;
          const [q, k, v] = conv1dParts(h, block, "attn.c_attn", [c, c, c]); // (N, C) each
          return conv1d(read(attend(i, scaled(q, i, config), k, v)), block, "attn.c_proj");
        };
        x = add(
          read(x),
          graph.scope("attention", () => mix(norm(x, block, "ln_1", config))),
        );
        x = add(
          x,
          graph.scope("mlp", () => mlp(norm(x, block, "ln_2", config), block, config)),
        );
      });
    }
    return graph.scope("final", () => norm(x, p, "ln_f", config));
  },
};

function mlp(x: Tensor, block: Parameters, config: ModelConfig): Tensor {
  const inner = activations[config.activation](conv1d(x, block, "mlp.c_fc")); // (N, 4C)
  return conv1d(inner, block, "mlp.c_proj");
}

/** Attention divides by √headDim; a model that divides otherwise has its queries stretched for it. */
function scaled(q: Tensor, layer: number, { attentionScale, headDim }: ModelConfig): Tensor {
  if (!attentionScale) return q;
  const { byWidth, byLayer } = attentionScale;
  const factor = (byWidth ? 1 : Math.sqrt(headDim)) / (byLayer ? layer + 1 : 1);
  return factor === 1 ? q : mul(q, factor);
}

function norm(x: Tensor, params: Parameters, name: string, { normEps }: ModelConfig): Tensor {
  return layerNorm(x, params.get(`${name}.weight`), params.get(`${name}.bias`), normEps);
}

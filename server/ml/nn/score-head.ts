import type { Weight } from "../graph/parameters";
import { withOriginals } from "./lora";
import type { Model } from "./model";

/**
 * The model with one number a token in place of the vocabulary. Under adapters the head learns whole,
 * which PEFT calls a module to save. Arrays are shared.
 * @param head [1, width] @param padId scores are read at the last token that is not this one
 */
export function withScoreHead<M extends Model>(model: M, head: Weight, padId: number | null): M {
  const { lora, ...config } = model.config;
  const weights = new Map(
    [...model.weights].filter(([name]) => !/^(original\.)?lm_head\./.test(name)),
  );
  weights.set("score.weight", head);
  if (!lora) return { ...model, config: { ...config, head: "score", padId }, weights };
  const { settings } = lora;
  const modulesToSave = [...new Set([...settings.modulesToSave, "score"])];
  return {
    ...model,
    config: {
      ...config,
      head: "score",
      padId,
      lora: {
        settings: { ...settings, modulesToSave },
        layers: new Map([...lora.layers].filter(([module]) => module !== "lm_head")),
        saved: [...lora.saved.filter((name) => name !== "lm_head.weight"), "score.weight"],
      },
    },
    weights: withOriginals(weights, ["score.weight"]),
  };
}

import type { MessageKey } from "@/app/lib/i18n/catalogue";
import type { ModelSummary } from "@/server/services/models-view";

export const modelKindKeys = {
  policy: "models.kind.policy",
  reward: "models.kind.reward",
} as const satisfies Record<ModelSummary["kind"], MessageKey>;

export const sourceKeys = {
  shipped: "models.source.shipped",
  "dropped-in": "models.source.dropped-in",
  trained: "models.source.trained",
} as const satisfies Record<ModelSummary["source"], MessageKey>;

/** "656K", "1.2M": as people name the size of a model. */
export function parametersText(parameters: number, locale: string): string {
  return new Intl.NumberFormat(locale, {
    notation: "compact",
    maximumSignificantDigits: 3,
  }).format(parameters);
}

import type { MessageKey } from "@/app/lib/i18n/catalogue";

type Words = (key: MessageKey) => string;

/** A measurement in words; one that the site does not know keeps the trainer's own name. */
export function metricLabel(metric: string, t: Words): string {
  const key = `metric.${metric}`;
  const words = t(key as MessageKey);
  return words === key ? metric : words;
}

export function unitOf(metric: string, t: Words): string | undefined {
  if (metric === "objective/kl" || metric === "objective/entropy") return t("runs.unit.nats");
  if (metric.endsWith("loss")) return t("runs.unit.nats");
  if (metric.endsWith("_length")) return t("runs.unit.tokens");
  if (metric === "objective/scores") return t("runs.unit.score");
  if (metric === "truth/exact") return t("runs.unit.exact");
  if (metric === "eval/accuracy") return t("runs.unit.pairs");
  return undefined;
}

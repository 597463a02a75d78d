import { z } from "zod";
import { AppError } from "../../domain/app-error";
import { learns } from "../nn/lora";
import { familyOf, type Model } from "../nn/model";
import { option } from "./config";

/** Weights that are left as they are. */
export const frozenOptions = {
  freezeLayers: option(
    z.int().min(0).default(0),
    "Blocks that do not learn, from the first on; with any, embeddings do not either",
    "0: all learn",
  ),
  frozen: option(
    z.string().min(1).nullable().default(null),
    'Weights that do not learn, by name, * for anything, with commas between: "*.ln_1.*,*.ln_2.*"',
    "null: all learn",
  ),
};

interface FrozenOptions {
  freezeLayers: number;
  frozen: string | null;
}

/**
 * Tells the weights that do not learn: what the options name, and under adapters all but those.
 * @throws bad-input for a pattern that names no weight, or when nothing is left to learn
 */
export function frozenWeights(
  { config, weights }: Model,
  { freezeLayers, frozen }: FrozenOptions = { freezeLayers: 0, frozen: null },
): (name: string) => boolean {
  const names = [...weights.keys()];
  if (freezeLayers > config.layers)
    throw new AppError(
      "bad-input",
      `freezeLayers is ${freezeLayers}, the model has ${config.layers} blocks; freeze fewer`,
    );
  const patterns = (frozen?.split(",") ?? []).map((part) => {
    const text = part.trim();
    const pattern = new RegExp(`^${text.split("*").map(escape).join(".*")}$`);
    if (!names.some((name) => pattern.test(name)))
      throw new AppError(
        "bad-input",
        `frozen names "${text}", which is no weight of the model; \`revealed model inspect\` lists them`,
      );
    return pattern;
  });
  const { embedding } = familyOf(config);
  const below = (name: string): boolean => {
    if (freezeLayers === 0) return false;
    const block = /(?:^|\.)(?:h|layers)\.(\d+)\./.exec(name);
    if (block) return Number(block[1]) < freezeLayers;
    return name === embedding || /(^|\.)(wpe|embed_positions)\./.test(name);
  };
  const isFrozen = (name: string): boolean =>
    !learns(config, name) || below(name) || patterns.some((pattern) => pattern.test(name));
  if (names.every(isFrozen))
    throw new AppError("bad-input", "every weight is frozen: nothing would learn; freeze less");
  return isFrozen;
}

function escape(text: string): string {
  return text.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&");
}

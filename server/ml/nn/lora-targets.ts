import { AppError } from "../../domain/app-error";
import type { LoraTargets } from "./lora-settings";
import { familyOf, headWidth, type ModelConfig, parameterShapes } from "./model";

const HEADS = new Set(["lm_head", "score"]);

/**
 * The matrices that get an adapter: module → [out, in].
 * @throws bad-input naming a module that cannot have one, or when none is found
 */
export function targetsOf(
  config: ModelConfig,
  targets: LoraTargets,
): Map<string, [number, number]> {
  const { targetModules } = targets;
  const all = typeof targetModules === "string" && targetModules.toLowerCase() === "all-linear";
  const found = new Map<string, [number, number]>();
  for (const [module, shape] of modulesOf(config)) {
    if (all && (HEADS.has(module) || shape.length !== 2 || isTable(module, config))) continue;
    if (isExcluded(module, targets) || !(all || isTarget(module, targets))) continue;
    const why =
      (isTable(module, config) && "an embedding") ||
      (shape.length !== 2 && "a norm") ||
      (module === "score" && "the score head, which learns whole (modules_to_save)");
    if (why)
      throw new AppError(
        "bad-input",
        `the LoRA target modules take in ${module}, ${why}: adapters stand beside linear layers only; name those`,
      );
    const [first, second] = shape;
    found.set(
      module,
      familyOf(config).transposed && module !== "lm_head" ? [second, first] : [first, second],
    );
  }
  if (found.size > 0) return found;
  throw new AppError(
    "bad-input",
    `the LoRA target modules ${JSON.stringify(targetModules)} match no module of the model; it has ${linearNames(config).join(", ")}, or say "all-linear"`,
  );
}

/** The weights of the modules that learn whole, by name. @throws bad-input for one that shares its weight */
export function savedOf(config: ModelConfig, { modulesToSave }: LoraTargets): string[] {
  const names = [...parameterShapes(config).keys()].filter((name) => {
    const module = name.replace(/\.\w+$/, "");
    const within = module.split(".").map((_, i, parts) => parts.slice(0, i + 1).join("."));
    return within.some((outer) => modulesToSave.some((ending) => outer.endsWith(ending)));
  });
  const shared = config.tied && names.find((name) => name === familyOf(config).embedding);
  const head = config.tied && config.head === "lm" && modulesToSave.includes("lm_head");
  if (shared || head)
    throw new AppError(
      "bad-input",
      `modules_to_save names ${shared || "lm_head"}, but head and embedding of this model are one weight: that cannot be taken apart; leave it out`,
    );
  return names;
}

/** Module → shape of its weight as stored; a tied head is a module too. */
function modulesOf(config: ModelConfig): Map<string, readonly number[]> {
  const modules = new Map<string, readonly number[]>();
  for (const [name, shape] of parameterShapes(config))
    if (name.endsWith(".weight")) modules.set(name.slice(0, -".weight".length), shape);
  if (config.head === "lm" && config.tied)
    modules.set("lm_head", [config.vocab, headWidth(config)]);
  return modules;
}

function linearNames(config: ModelConfig): string[] {
  const names = [...modulesOf(config)]
    .filter(([module, shape]) => shape.length === 2 && !isTable(module, config))
    .map(([module]) => module.split(".").at(-1)!);
  return [...new Set(names)].filter((name) => name !== "score");
}

/** A table that is looked up, not multiplied by. */
function isTable(module: string, config: ModelConfig): boolean {
  if (`${module}.weight` === familyOf(config).embedding) return true;
  return /(^|\.)(wte|wpe|embed_in|embed_tokens|embed_positions)$/.test(module);
}

function isTarget(module: string, targets: LoraTargets): boolean {
  const { targetModules, layersToTransform } = targets;
  if (typeof targetModules === "string") return whole(targetModules, module);
  if (targetModules.includes(module)) return true;
  if (!targetModules.some((ending) => module.endsWith(`.${ending}`))) return false;
  if (layersToTransform === null || layersToTransform.length === 0) return true;
  const layer = layerOf(module, targets.layersPattern);
  return layer !== null && layersToTransform.includes(layer);
}

function layerOf(module: string, patterns: readonly string[] | null): number | null {
  const tried = patterns?.length
    ? patterns.map((name) => expression(`(?:^|.*?\\.)${name}\\.(\\d+)\\.`, "layers_pattern", "^"))
    : [/^.*?\.[^.]*\.(\d+)\./];
  const match = tried.map((pattern) => pattern.exec(module)).find((found) => found !== null);
  return match ? Number(match[1]) : null;
}

function isExcluded(module: string, { excludeModules, modulesToSave }: LoraTargets): boolean {
  // a module that learns whole has no adapter beside it
  if (modulesToSave.some((name) => new RegExp(`^(.*\\.)?${escape(name)}($|\\.)`).test(module)))
    return true;
  if (excludeModules === null || excludeModules.length === 0) return false;
  if (typeof excludeModules === "string") return whole(excludeModules, module);
  return excludeModules.some((name) => module === name || module.endsWith(`.${name}`));
}

function whole(pattern: string, module: string): boolean {
  return expression(pattern, "target or exclude modules").test(module);
}

/** The value of the first pattern that a module's name ends with (rank_pattern, alpha_pattern). */
export function byPattern(
  patterns: Readonly<Record<string, number>>,
  module: string,
  otherwise: number,
): number {
  const key = Object.keys(patterns).find((pattern) =>
    expression(`(?:.*\\.)?(?:${pattern})`, "rank or alpha pattern").test(module),
  );
  return key === undefined ? otherwise : patterns[key];
}

/** Python's regular expressions, as far as JavaScript has them; matches whole names unless told where to start only. */
function expression(source: string, what: string, anchor: "whole" | "^" = "whole"): RegExp {
  try {
    return new RegExp(anchor === "^" ? `^${source}` : `^(?:${source})$`);
  } catch (cause) {
    throw new AppError(
      "bad-input",
      `${what}: "${source}" is not a regular expression that can be read here (${cause instanceof Error ? cause.message : String(cause)}); write it without what only Python has`,
      { cause },
    );
  }
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

import { z } from "zod";
import { AppError } from "../../domain/app-error";
import { familyOf, type ModelConfig } from "../nn/model";
import type { LoraSettings } from "../nn/lora-settings";
import { targetsOf } from "../nn/lora-targets";

/** What an adapter_config.json says. */
export interface AdapterConfig {
  readonly settings: LoraSettings;
  /** folder of the base model, as written: a path, or a name on the hub */
  readonly base: string | null;
  readonly head: ModelConfig["head"];
}

const names = z.union([z.string(), z.array(z.string())]);
const pattern = z.record(z.string(), z.number().positive()).nullish();
const integers = z.union([z.number().int(), z.array(z.number().int())]);

const zAdapter = z.looseObject({
  peft_type: z.string(),
  base_model_name_or_path: z.string().nullish(),
  task_type: z.string().nullish(),
  r: z.number().int().positive(),
  lora_alpha: z.number().positive(),
  lora_dropout: z.number().min(0).lt(1).default(0),
  use_rslora: z.boolean().nullish(),
  target_modules: names.nullish(),
  exclude_modules: names.nullish(),
  layers_to_transform: integers.nullish(),
  layers_pattern: names.nullish(),
  rank_pattern: pattern,
  alpha_pattern: pattern,
  modules_to_save: z.array(z.string()).nullish(),
  bias: z.string().default("none"),
  init_lora_weights: z.union([z.boolean(), z.string()]).nullish(),
});

/** Options of PEFT that make another function of the weights, and the values that leave them off. */
const OTHER_KINDS = [
  ["use_dora", "DoRA"],
  ["use_qalora", "QALoRA"],
  ["use_bdlora", "BD-LoRA"],
  ["lora_bias", "biases of adapters"],
  ["layer_replication", "replicated layers"],
  ["trainable_token_indices", "trainable tokens"],
  ["target_parameters", "adapters beside parameters that are no modules"],
  ["alora_invocation_tokens", "activated LoRA"],
  ["arrow_config", "Arrow"],
  ["kasa_config", "KaSA"],
  ["velora_config", "VeLoRA"],
  ["monteclora_config", "MonteCLoRA"],
] as const;

/** Ways to begin that change the base too, so that the adapter means nothing beside the base as it is stored. */
const CHANGES_BASE = /^(pissa|olora|corda|loftq|lora_ga)/i;

const TASKS = { CAUSAL_LM: "lm", SEQ_CLS: "score" } as const;

/** @throws bad-input naming the file and what of it is not supported */
export function readAdapterConfig(json: unknown, file: string): AdapterConfig {
  const parsed = zAdapter.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw wrong(file, `its ${issue.path.join(".")} is wrong (${issue.message})`);
  }
  const config = parsed.data;
  const refuse = (what: string): never => {
    throw wrong(file, `${what}: this engine runs plain LoRA adapters without biases`);
  };
  if (config.peft_type !== "LORA") refuse(`its peft_type is ${config.peft_type}`);
  for (const [key, what] of OTHER_KINDS) if (isOn(config[key])) refuse(`${key} (${what}) is on`);
  const { init_lora_weights: start } = config;
  if (typeof start === "string" && CHANGES_BASE.test(start))
    refuse(`its init_lora_weights is "${start}", which changes the base model's weights`);
  if (config.bias !== "none") refuse(`its bias is "${config.bias}"`);
  const targets = config.target_modules ?? [];
  if (targets.length === 0) throw wrong(file, "it names no target_modules");
  const task = config.task_type ?? "CAUSAL_LM";
  if (!(task in TASKS)) refuse(`its task_type is ${task}`);
  return {
    base: config.base_model_name_or_path || null,
    head: TASKS[task as keyof typeof TASKS],
    settings: {
      rank: config.r,
      alpha: config.lora_alpha,
      dropout: config.lora_dropout,
      rslora: config.use_rslora === true,
      targetModules: targets,
      excludeModules: config.exclude_modules ?? null,
      layersToTransform: listOf(config.layers_to_transform),
      layersPattern: listOf(config.layers_pattern),
      rankPattern: config.rank_pattern ?? {},
      alphaPattern: config.alpha_pattern ?? {},
      modulesToSave: config.modules_to_save ?? [],
    },
  };
}

/** Lists and objects are off when empty, as PEFT reads them. */
function isOn(value: unknown): boolean {
  if (value === null || value === undefined || value === false) return false;
  return typeof value === "object" ? Object.keys(value).length > 0 : true;
}

function listOf<T>(value: T | T[] | null | undefined): T[] | null {
  if (value === null || value === undefined) return null;
  return Array.isArray(value) ? value : [value];
}

function wrong(file: string, what: string): AppError {
  return new AppError(
    "bad-input",
    `${file}: ${what}. Give another adapter, or merge it where it was made.`,
  );
}

/** "all-linear" as the names it means, which every version of PEFT reads alike: endings where they are enough. */
function writtenTargets(config: ModelConfig): string | readonly string[] {
  const { settings, layers } = config.lora!;
  if (settings.targetModules !== "all-linear") return settings.targetModules;
  const names = [...layers.keys()];
  const endings = [...new Set(names.map((name) => name.split(".").at(-1)!))];
  const found = targetsOf(config, { ...settings, targetModules: endings });
  return found.size === names.length ? endings.toSorted() : names;
}

/** adapter_config.json as PEFT reads it. @param base path of the base model from the adapter's folder */
export function writeAdapterConfig(config: ModelConfig, base: string): Record<string, unknown> {
  const { settings } = config.lora!;
  return {
    peft_type: "LORA",
    task_type: config.head === "score" ? "SEQ_CLS" : "CAUSAL_LM",
    base_model_name_or_path: base,
    inference_mode: true,
    r: settings.rank,
    lora_alpha: settings.alpha,
    lora_dropout: settings.dropout,
    use_rslora: settings.rslora,
    fan_in_fan_out: familyOf(config).transposed === true,
    bias: "none",
    target_modules: writtenTargets(config),
    exclude_modules: settings.excludeModules,
    layers_to_transform: settings.layersToTransform,
    layers_pattern: settings.layersPattern,
    rank_pattern: settings.rankPattern,
    alpha_pattern: settings.alphaPattern,
    modules_to_save: settings.modulesToSave.length > 0 ? settings.modulesToSave : null,
    init_lora_weights: true,
  };
}

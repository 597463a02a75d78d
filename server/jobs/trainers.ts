import type { z } from "zod";
import { AppError } from "../domain/app-error";
import type { RunKind } from "../domain/run-kinds";
import { parameterCount } from "../ml/nn/model";
import { bestOfNConfig } from "../ml/rlhf/best-of-n-config";
import { parseConfig } from "../ml/rlhf/config";
import type { TextModel } from "../ml/rlhf/data";
import { dpoConfig } from "../ml/rlhf/dpo-config";
import { grpoConfig, rlooConfig } from "../ml/rlhf/group-config";
import {
  type LoraOptions,
  loraOptions,
  refuseDropout,
  trainerOptions,
  zLora,
} from "../ml/rlhf/lora-options";
import { ppoConfig } from "../ml/rlhf/ppo-config";
import { rewardConfig } from "../ml/rlhf/reward-config";
import { sftConfig } from "../ml/rlhf/sft-config";
import type { RunRow } from "../services/run-record";
import { ensembleOptions, zEnsemble } from "./ensemble-options";
import { suitedTo, valuesOf } from "./presets";

/** What each kind of run can be told, adapters aside. */
export const trainerConfigs = {
  sft: sftConfig,
  reward: rewardConfig,
  ppo: ppoConfig,
  rloo: rlooConfig,
  grpo: grpoConfig,
  dpo: dpoConfig,
  "best-of-n": bestOfNConfig,
} as const satisfies Record<RunKind, z.ZodObject>;

/** A policy that is compared with itself, token by token, must be the same at each look. */
export const needsNoDropout = (kind: RunKind): boolean => kind !== "sft" && kind !== "reward";

/** A run's options, complete. */
export interface RunOptions<Kind extends RunKind> {
  /** The trainer's. */
  readonly own: z.output<(typeof trainerConfigs)[Kind]>;
  /** Of adapters; drawn by the run's seed. */
  readonly lora: LoraOptions & { seed: number };
  /** How many reward models a reward run makes. */
  readonly ensemble: z.output<typeof zEnsemble>;
  /** As the run keeps them: the trainer's in full, of adapters what was asked for. */
  readonly all: Record<string, unknown>;
}

/**
 * Fills in what suits the model, then the trainer's defaults.
 * @param asked by the campaign, over which the run's own options go
 * @throws AppError bad-input naming the option that cannot be
 */
export function optionsOfRun<Kind extends RunKind>(
  kind: Kind,
  run: RunRow,
  model: TextModel,
  asked: Record<string, unknown> = {},
): RunOptions<Kind> {
  const own: z.ZodObject = trainerConfigs[kind];
  const trainer = kind === "best-of-n" ? own : own.extend(loraOptions);
  const schema = kind === "reward" ? trainer.extend(ensembleOptions) : trainer;
  const suited = valuesOf(suitedTo(kind, parameterCount(model.config)));
  const given = { ...suited, ...asked, ...run.config, seed: run.seed };
  const { members, folds, ...parsed } = parseConfig(schema, given, kind);
  const ensemble = zEnsemble.parse({ members, folds });
  const lora = zLora.parse(parsed);
  const toldOfAdapters = Object.fromEntries(
    Object.entries(lora).filter(([name, value]) => {
      return JSON.stringify(value) !== JSON.stringify(noAdapters[name as keyof LoraOptions]);
    }),
  );
  if (needsNoDropout(kind)) refuseDropout(lora, kind.toUpperCase());
  if (lora.loraRank === null && Object.keys(toldOfAdapters).length > 0)
    throw new AppError(
      "bad-input",
      "The options say something of adapters, and there are none: give loraRank too, or leave them out.",
    );
  const config = own.parse(trainerOptions(parsed)) as RunOptions<Kind>["own"];
  const many = ensemble.members > 1 || ensemble.folds ? ensemble : {};
  const all = { ...config, ...toldOfAdapters, ...many };
  return { own: config, lora: { ...lora, seed: run.seed }, ensemble, all };
}

const noAdapters = zLora.parse({});

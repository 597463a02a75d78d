import type { Inputs, Outputs } from "@/app/lib/trpc";
import { learnsRankings } from "@/server/domain/run-kinds";
import type { Tracking } from "@/server/domain/tracking";
import {
  changedOptions,
  optionsFor,
  type OptionValue,
  type TrainingOptions,
} from "@/server/domain/training-options";

/** What the form of a new run holds when it opens; "" = to be chosen. */
export interface InitialRun {
  readonly kind: Inputs["runs"]["start"]["kind"];
  readonly campaignId: string;
  readonly snapshotId: string;
  readonly modelId: string;
  readonly rewardModelId: string;
  readonly seed: number;
  readonly config: Record<string, OptionValue>;
  readonly tracking: Tracking | null;
}

/** A run of the model or snapshot whose page led here. */
export function runFrom(
  given: { readonly id: string; readonly kind: "policy" | "reward" } | undefined,
  snapshotId: string,
): InitialRun {
  return {
    kind: given?.kind === "reward" ? "ppo" : "reward",
    campaignId: "",
    snapshotId,
    modelId: given?.kind === "policy" ? given.id : "",
    rewardModelId: given?.kind === "reward" ? given.id : "",
    seed: 0,
    config: {},
    tracking: null,
  };
}

type Run = Pick<
  Outputs["runs"]["get"],
  "kind" | "campaignId" | "snapshotId" | "model" | "rewardModel" | "seed" | "config" | "tracked"
>;

/** The same run once more, to be changed: what it took by itself is left to be taken again. */
export function cloneOf(run: Run, options: TrainingOptions | null): InitialRun {
  const known = options && run.model ? optionsFor(options, run.kind, run.model.parameters) : null;
  return {
    kind: run.kind,
    campaignId: run.campaignId ?? "",
    snapshotId: learnsRankings(run.kind) ? (run.snapshotId ?? "") : "",
    modelId: run.model?.id ?? "",
    rewardModelId: run.rewardModel?.id ?? "",
    seed: run.seed,
    config: changedOptions(known, run.config),
    tracking: run.tracked && {
      tensorboard: run.tracked.tensorboard !== null,
      mlflow: run.tracked.mlflow,
    },
  };
}

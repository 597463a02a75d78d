import type { Inputs, Outputs } from "@/app/lib/trpc";
import { learnsRankings } from "@/server/domain/run-kinds";
import type { Tracking } from "@/server/domain/tracking";
import {
  changedOptions,
  optionsFor,
  type OptionValue,
  type TrainingOptions,
} from "@/server/domain/training-options";

import { keyOfPtx } from "./ptx-key";
import { draftOfReward, newPart, type RewardDraft } from "./reward-draft";

/** What the form of a new run holds when it opens; "" = to be chosen. */
export interface InitialRun {
  readonly kind: Inputs["runs"]["start"]["kind"];
  readonly campaignId: string;
  readonly snapshotId: string;
  readonly modelId: string;
  readonly reward: RewardDraft;
  /** "demonstrations ID", "snapshot ID", "file NAME", or "" for none. */
  readonly ptx: string;
  /** Whose secret headers are used again. */
  readonly clonedFrom: string | null;
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
    reward: { parts: [newPart(given?.kind === "reward" ? given.id : "")], retokenise: false },
    ptx: "",
    clonedFrom: null,
    seed: 0,
    config: {},
    tracking: null,
  };
}

type Run = Pick<
  Outputs["runs"]["get"],
  | "id"
  | "kind"
  | "campaignId"
  | "snapshotId"
  | "model"
  | "reward"
  | "ptx"
  | "seed"
  | "config"
  | "tracked"
>;

/** The same run once more, to be changed: what it took by itself is left to be taken again. */
export function cloneOf(run: Run, options: TrainingOptions | null): InitialRun {
  const known = options && run.model ? optionsFor(options, run.kind, run.model.parameters) : null;
  return {
    kind: run.kind,
    campaignId: run.campaignId ?? "",
    snapshotId: learnsRankings(run.kind) ? (run.snapshotId ?? "") : "",
    modelId: run.model?.id ?? "",
    reward: draftOfReward(run.reward),
    ptx: keyOfPtx(run.ptx),
    clonedFrom: run.id,
    seed: run.seed,
    config: changedOptions(known, run.config),
    tracking: run.tracked && {
      tensorboard: run.tracked.tensorboard !== null,
      mlflow: run.tracked.mlflow,
    },
  };
}

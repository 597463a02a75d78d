import type { ModelId, RunId, SnapshotId } from "../ids";
import type { GateName } from "./rule";

/**
 * A round works (answering, training, improving), or stands at a gate (collecting before `train`, trained
 * before `improve`, improved before `renew`), or has ended.
 */
export type RoundStatus =
  | "answering"
  | "collecting"
  | "training"
  | "trained"
  | "improving"
  | "improved"
  | "done"
  | "failed";

/** All of a round that its steps read and write. */
export interface RoundState {
  readonly status: RoundStatus;
  /** A person asked it to wait at its next gate. */
  readonly held: boolean;
  readonly snapshotId: SnapshotId | null;
  /** The runs that this turn is at or has done; those of an earlier try are history. */
  readonly rewardRunId: RunId | null;
  readonly ppoRunId: RunId | null;
  readonly rewardModelId: ModelId | null;
  readonly nextPolicyModelId: ModelId | null;
}

const nothingYet = {
  snapshotId: null,
  rewardRunId: null,
  ppoRunId: null,
  rewardModelId: null,
  nextPolicyModelId: null,
} as const;

/** While labelers are given its tasks: at a gate, rankings wait for nobody. */
export const askedStatuses = ["collecting", "trained", "improved"] as const;
export const isAsked = (status: RoundStatus): boolean =>
  askedStatuses.some((asked) => asked === status);

export const gateOf: Record<RoundStatus, GateName | null> = {
  answering: null,
  collecting: "train",
  training: null,
  trained: "improve",
  improving: null,
  improved: "renew",
  done: null,
  failed: null,
};

export type RoundStep = "answer" | "freeze" | "fit" | "practise";

/** What a round does next: a step of work, a gate to ask, or nothing. */
export function whatNext({
  status,
  snapshotId,
}: RoundState): { step: RoundStep } | { gate: GateName } | null {
  if (status === "answering") return { step: "answer" };
  if (status === "training") return { step: snapshotId === null ? "freeze" : "fit" };
  if (status === "improving") return { step: "practise" };
  const gate = gateOf[status];
  return gate && { gate };
}

/** Something that happened to a round. */
export type RoundEvent =
  | { kind: "answered" }
  | { kind: "passed"; gate: GateName }
  | { kind: "frozen"; snapshotId: SnapshotId }
  | { kind: "began"; run: "reward" | "ppo"; runId: RunId }
  | { kind: "fitted"; runId: RunId; modelId: ModelId }
  | { kind: "practised"; runId: RunId; modelId: ModelId }
  | { kind: "held"; held: boolean }
  | { kind: "stopped" }
  | { kind: "failed" }
  | { kind: "cancelled" }
  | { kind: "mended" };

/**
 * What an event changes of a round; null = it does not happen to a round in this state: somebody else was
 * first, or the round is elsewhere by now. Read, asked and written in one transaction, an event happens once.
 */
export function moved(state: RoundState, event: RoundEvent): Partial<RoundState> | null {
  const { status } = state;
  switch (event.kind) {
    case "answered":
      return status === "answering" ? { status: "collecting" } : null;
    case "passed":
      return gateOf[status] === event.gate ? passed[event.gate] : null;
    case "frozen":
      return status === "training" && state.snapshotId === null
        ? { snapshotId: event.snapshotId }
        : null;
    case "began":
      if (event.run === "reward")
        return status === "training" && state.snapshotId !== null
          ? { rewardRunId: event.runId }
          : null;
      return status === "improving" ? { ppoRunId: event.runId } : null;
    case "fitted":
      return status === "training" && state.rewardRunId === event.runId
        ? { status: "trained", rewardModelId: event.modelId }
        : null;
    case "practised":
      return status === "improving" && state.ppoRunId === event.runId
        ? { status: "improved", nextPolicyModelId: event.modelId }
        : null;
    case "held":
      return status === "done" || state.held === event.held ? null : { held: event.held };
    case "stopped":
      return canStop(state) ? { ...nothingYet, status: "collecting", held: false } : null;
    case "failed":
      return whatNext(state) && gateOf[status] === null ? { status: "failed" } : null;
    case "cancelled":
      return cancelled(state);
    case "mended":
      return status === "failed" ? mended(state) : null;
  }
}

/** Passing ends a person's hold: it was for this gate. */
const passed: Record<GateName, Partial<RoundState>> = {
  train: { ...nothingYet, status: "training", held: false },
  improve: { status: "improving", held: false, ppoRunId: null, nextPolicyModelId: null },
  renew: { status: "done", held: false },
};

/** What was learnt in this turn can be put aside, and the round collects again. */
export const canStop = ({ status, snapshotId }: RoundState): boolean =>
  status === "trained" || status === "improved" || (status === "failed" && snapshotId !== null);

/** Back to the gate before the step, and held there: a rule must not begin again what a person ended. */
function cancelled({ status }: RoundState): Partial<RoundState> | null {
  if (status === "training") return { ...nothingYet, status: "collecting", held: true };
  if (status === "improving") return { status: "trained", held: true };
  return status === "answering" ? { status: "failed" } : null;
}

/** To the last gate that it had come through whole. */
function mended({ rewardModelId, snapshotId }: RoundState): Partial<RoundState> {
  if (rewardModelId !== null) return { status: "trained", ppoRunId: null, held: false };
  if (snapshotId !== null) return { ...nothingYet, status: "collecting", held: false };
  return { status: "answering" };
}

import type { GateName } from "@/server/domain/rounds/rule";
import type { PresentRound } from "@/server/services/rounds-view";

/** The steps of a round and the gates between them, in order. */
const order = ["answer", "train", "fit", "improve", "practise", "renew"] as const;
export type StepName = (typeof order)[number];

export type StepState = "done" | "passed" | "now" | "waiting" | "failed" | "later";

export interface Step {
  readonly name: StepName;
  readonly state: StepState;
}

const gates: readonly string[] = ["train", "improve", "renew"] satisfies GateName[];
export const isGate = (name: StepName): name is GateName => gates.includes(name);

type Placed = Pick<PresentRound, "status" | "snapshot" | "rewardModel" | "decided">;

const placeOf: Record<Exclude<PresentRound["status"], "failed">, number> = {
  answering: 0,
  collecting: 1,
  training: 2,
  trained: 3,
  improving: 4,
  improved: 5,
  done: order.length,
};

/** A failed round stands at the step that failed: the one behind the last gate that it came through. */
function failedAt({ snapshot, rewardModel, decided }: Placed): number {
  if (rewardModel) return placeOf.improving;
  const last = decided.at(-1);
  const training = snapshot !== null || (last?.gate === "train" && last.decision === "passed");
  return training ? placeOf.training : placeOf.answering;
}

/** Each step with what became of it. */
export function stepsOf(round: Placed): Step[] {
  const failed = round.status === "failed";
  const at = round.status === "failed" ? failedAt(round) : placeOf[round.status];
  return order.map((name, i) => {
    const gate = isGate(name);
    if (i < at) return { name, state: gate ? "passed" : "done" };
    if (i > at) return { name, state: "later" };
    return { name, state: failed ? "failed" : gate ? "waiting" : "now" };
  });
}

import type { UserId } from "../ids";
import type { GateName, RoundRule } from "./rule";

export type CheckName =
  | "newRankings"
  | "hours"
  | "fewestRankings"
  | "ordered"
  | "accuracy"
  | "accuracyLow"
  | "heldoutPairs"
  | "beatsLength"
  | "labelers"
  | "kl"
  | "scoreRises";

/** One figure against what it must be. */
export interface Check {
  readonly name: CheckName;
  /** Null = it could not be measured, which meets nothing. */
  readonly value: number | null;
  readonly wanted: number;
  readonly met: boolean;
}

/** Why a round stands at its gate: a person's word, the rule's, the campaign's state, or the figures. */
export type WaitReason = "held" | "asked" | "not-open" | "by-hand" | "checks";

export interface Gate {
  readonly name: GateName;
  readonly passes: boolean;
  /** Empty exactly when it passes. */
  readonly reasons: readonly WaitReason[];
  /** It passes when every check of any one way is met; no way = only a person's word. */
  readonly ways: readonly (readonly Check[])[];
}

/** What every gate looks at. */
export interface AtGate {
  readonly rule: RoundRule;
  /** Labelers and rounds move in an open campaign only. */
  readonly open: boolean;
  /** A person asked the round to wait. */
  readonly held: boolean;
}

const atLeast = (name: CheckName, value: number | null, wanted: number): Check => ({
  name,
  value,
  wanted,
  met: value !== null && value >= wanted,
});
const atMost = (name: CheckName, value: number | null, wanted: number): Check => ({
  name,
  value,
  wanted,
  met: value !== null && value <= wanted,
});
const above = (name: CheckName, value: number | null, wanted: number | null): Check => ({
  name,
  value,
  wanted: wanted ?? 0,
  met: value !== null && wanted !== null && value > wanted,
});

function gate(name: GateName, { rule, open, held }: AtGate, ways: Check[][]): Gate {
  const reasons: WaitReason[] = [];
  if (!open) reasons.push("not-open");
  if (held) reasons.push("held");
  if (rule.askAt.includes(name)) reasons.push("asked");
  if (ways.length === 0) reasons.push("by-hand");
  else if (!ways.some((way) => way.every((check) => check.met))) reasons.push("checks");
  return { name, passes: reasons.length === 0, reasons, ways };
}

export interface TrainFigures {
  /** Usable rankings that the last reward model has not seen. */
  readonly newRankings: number;
  /** Since the last training of the campaign, or since it was opened. */
  readonly hours: number;
  /** Whether any usable ranking puts one answer above another; ties alone teach nothing. */
  readonly ordered: boolean;
}

/** Before the rankings are frozen: are there enough new ones, or is it time? */
export function trainGate(at: AtGate, { newRankings, hours, ordered }: TrainFigures): Gate {
  const { afterRankings, everyHours, fewestRankings } = at.rule;
  const order: Check = { name: "ordered", value: ordered ? 1 : 0, wanted: 1, met: ordered };
  const also = ordered ? [] : [order]; // worth a line only where it is missing
  const ways: Check[][] = [];
  if (afterRankings !== null)
    ways.push([atLeast("newRankings", newRankings, afterRankings), ...also]);
  if (everyHours !== null)
    ways.push([
      atLeast("hours", hours, everyHours),
      atLeast("fewestRankings", newRankings, fewestRankings),
      ...also,
    ]);
  return gate("train", at, ways);
}

/** The reward model's held-out report; null = not measured, as where the snapshot holds no prompt back. */
export interface ReportFigures {
  readonly accuracy: number | null;
  readonly accuracyLow: number | null;
  readonly heldoutPairs: number | null;
  /** What "the longer one wins" reaches. */
  readonly lengthBaseline: number | null;
  readonly labelers: number | null;
}

/** Before the policy practises: is the reward model worth practising for? */
export function improveGate(at: AtGate, report: ReportFigures): Gate {
  const { thresholds } = at.rule;
  const checks: Check[] = [];
  if (thresholds.heldoutPairs !== null)
    checks.push(atLeast("heldoutPairs", report.heldoutPairs ?? 0, thresholds.heldoutPairs));
  if (thresholds.accuracy !== null)
    checks.push(atLeast("accuracy", report.accuracy, thresholds.accuracy));
  if (thresholds.accuracyLow !== null)
    checks.push(atLeast("accuracyLow", report.accuracyLow, thresholds.accuracyLow));
  if (thresholds.beatsLength)
    checks.push(above("beatsLength", report.accuracy, report.lengthBaseline));
  if (thresholds.labelers !== null)
    checks.push(atLeast("labelers", report.labelers, thresholds.labelers));
  return gate("improve", at, [checks]);
}

export interface PracticeFigures {
  /** Nats an answer, to the reference, at the last iteration. */
  readonly kl: number | null;
  readonly scoreBefore: number | null;
  readonly scoreAfter: number | null;
}

/** Before the new policy answers the next round's prompts: did it move, and not too far? */
export function renewGate(at: AtGate, { kl, scoreBefore, scoreAfter }: PracticeFigures): Gate {
  const { thresholds } = at.rule;
  const checks: Check[] = [];
  if (thresholds.kl !== null) checks.push(atMost("kl", kl, thresholds.kl));
  if (thresholds.scoreRises) checks.push(above("scoreRises", scoreAfter, scoreBefore));
  return gate("renew", at, [checks]);
}

/** A gate that a round passed or was stopped at, as it was then: kept with the round. */
export interface GateRecord {
  readonly gate: GateName;
  readonly decision: "passed" | "stopped";
  /** ISO time. */
  readonly at: string;
  /** The person who decided; null = the rule did. */
  readonly byId: UserId | null;
  readonly ways: readonly (readonly Check[])[];
}

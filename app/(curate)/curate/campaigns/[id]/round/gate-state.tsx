"use client";

import { useT } from "@/app/lib/i18n/client";
import { RelativeTime } from "@/app/ui/relative-time";
import type { GateName } from "@/server/domain/rounds/rule";
import type { PresentRound, RoundsShown } from "@/server/services/rounds-view";
import { GateActions } from "./gate-actions";
import { GateChecks } from "./gate-checks";
import type { StepState } from "./round-steps";

interface GateStateProps {
  name: GateName;
  state: StepState;
  round: PresentRound;
  status: RoundsShown["status"];
  /** Every task has all its rankings: none will come by itself. */
  full: boolean;
}

/** What a gate waits for and why; once passed, who let the round through, with the figures of then. */
export function GateState({ name, state, round, status, full }: GateStateProps) {
  const t = useT();
  const gate = round.gates.find((one) => one.name === name);
  if (!gate) return null;
  if (state === "passed") return <Passed name={name} round={round} />;
  if (state === "later") {
    const asked = gate.reasons.includes("asked");
    const nothing = gate.ways.flat().length === 0 && !asked;
    return (
      <>
        {asked && <p className="text-sm text-muted">{t("gate.why.asked")}</p>}
        {nothing && <p className="text-sm text-muted">{t("gate.nothing")}</p>}
        <GateChecks ways={gate.ways} ahead />
      </>
    );
  }
  return (
    <>
      <ul className="text-sm">
        {gate.reasons.map((reason) => (
          <li key={reason}>
            {reason === "not-open"
              ? status !== "open" && t(`gate.why.not-open.${status}`)
              : reason === "checks"
                ? t(`gate.why.checks.${name}`)
                : t(`gate.why.${reason}`)}
          </li>
        ))}
        {name === "train" && full && gate.reasons.includes("checks") && (
          <li className="text-warning">{t("gate.why.full")}</li>
        )}
      </ul>
      <GateChecks ways={gate.ways} patient={name === "train"} />
      <GateActions round={round} open={status === "open"} />
    </>
  );
}

function Passed({ name, round }: { name: GateName; round: PresentRound }) {
  const record = round.decided.findLast((one) => one.gate === name && one.decision === "passed");
  if (!record) return null;
  // by what it passed; all of it where a person's word was more than the figures
  const met = record.ways.filter((way) => way.every((check) => check.met));
  return (
    <>
      <p className="text-sm text-muted">
        <DecisionWords record={record} /> · <RelativeTime at={record.at} />
      </p>
      <GateChecks ways={met.length > 0 ? met : record.ways} />
    </>
  );
}

/** "The rule let it through", "Rosa put it aside". */
export function DecisionWords({ record }: { record: PresentRound["decided"][number] }) {
  const t = useT();
  const { decision, by } = record;
  if (decision === "stopped") return t("round.stopped", { name: by ?? "?" });
  return by === null ? t("round.passed.rule") : t("round.passed.person", { name: by });
}

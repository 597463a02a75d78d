"use client";

import type { ReactNode } from "react";
import { shortName } from "@/app/(circle)/circle-words";
import { useLocale, useT } from "@/app/lib/i18n/client";
import { Link } from "@/app/ui/link";
import { Section } from "@/app/ui/page-header";
import { Status, type StatusTone } from "@/app/ui/tag";
import type { CampaignDetail } from "@/server/services/campaigns";
import type { PresentRound, RoundsShown } from "@/server/services/rounds-view";
import { klText, numberText, shareText } from "./check-words";
import { GateActions } from "./gate-actions";
import { GateState } from "./gate-state";
import { isGate, type Step, type StepName, type StepState, stepsOf } from "./round-steps";

const tones: Record<StepState, StatusTone> = {
  done: "good",
  passed: "good",
  now: "active",
  waiting: "warning",
  failed: "danger",
  later: "neutral",
};

interface PresentRoundProps {
  round: PresentRound;
  status: RoundsShown["status"];
  detail: CampaignDetail;
}

/** The round as it goes: each step with what it did and where that can be read, each gate with why it waits. */
export function PresentRoundView({ round, status, detail }: PresentRoundProps) {
  const t = useT();
  const working = round.at === null && round.status !== "done" && round.status !== "failed";
  const { done, wanted } = detail.tally;
  const full = wanted > 0 && done >= wanted;
  return (
    <Section title={t("round.title", { round: round.number })}>
      <ol aria-label={t("round.steps", { round: round.number })} className="max-w-3xl">
        {stepsOf(round).map((step) => (
          <StepItem key={step.name} step={step}>
            {isGate(step.name) ? (
              <GateState
                name={step.name}
                state={step.state}
                round={round}
                status={status}
                full={full}
              />
            ) : (
              <StepFacts name={step.name} round={round} detail={detail} />
            )}
            {step.state === "now" && round.held && (
              <p className="text-sm text-warning">{t("gate.held.ahead")}</p>
            )}
            {step.state === "failed" && (
              <>
                {round.error && <p className="text-sm text-danger">{round.error}</p>}
                <GateActions round={round} open={status === "open"} />
              </>
            )}
            {step.state === "now" && working && <GateActions round={round} open={false} />}
          </StepItem>
        ))}
      </ol>
    </Section>
  );
}

function StepItem({ step, children }: { step: Step; children: ReactNode }) {
  const t = useT();
  const { name, state } = step;
  const title = isGate(name)
    ? t(`round.gate.${name}`)
    : t(`round.step.${name satisfies "answer" | "fit" | "practise"}`);
  return (
    <li
      aria-current={state === "now" || state === "waiting" ? "step" : undefined}
      className="grid gap-x-4 border-l-2 border-line py-3 pl-4 sm:grid-cols-[7rem_1fr]"
    >
      <span className="sm:pt-0.5">
        <Status tone={tones[state]}>{t(`round.state.${state}`)}</Status>
      </span>
      <div className="min-w-0">
        <h3 className={state === "later" ? "text-muted" : "font-semibold"}>{title}</h3>
        {children}
      </div>
    </li>
  );
}

type FactsProps = Pick<PresentRoundProps, "round" | "detail"> & { name: StepName };

function StepFacts({ name, round, detail }: FactsProps) {
  if (name === "answer") return <AnswerFacts round={round} detail={detail} />;
  if (name === "fit") return <RewardFacts round={round} detail={detail} />;
  return <PracticeFacts round={round} detail={detail} />;
}

type OneStep = Omit<FactsProps, "name">;

function AnswerFacts({ round, detail }: OneStep) {
  const t = useT();
  const { campaign, against, tally } = detail;
  if (!round.policy) return null;
  const policy = shortName(round.policy.name, campaign.name);
  const isGiven = campaign.config.comparing?.againstModelId === null;
  return (
    <p className="text-sm text-muted">
      {isGiven
        ? t("round.answers.given", { count: tally.tasks })
        : against
          ? t("round.answers.both", { policy, against: against.name, count: tally.tasks })
          : t("round.answers.of", { policy, count: tally.tasks })}{" "}
      {round.mixed &&
        t("round.answers.mixed", {
          policy: shortName(round.mixed.old?.name ?? "–", campaign.name),
          count: round.mixed.tasks,
        })}{" "}
      {tally.tasks > 0 && (
        <Link href={`/curate/campaigns/${campaign.id}/completions`}>{t("round.answers")}</Link>
      )}
    </p>
  );
}

function RunLink({ run }: { run: PresentRound["rewardRun"] }) {
  const t = useT();
  if (!run) return null;
  return (
    <>
      <Link href={`/research/runs/${run.id}`}>{t("round.run")}</Link>
      {run.status === "running" && (
        <span className="tabular">
          {" "}
          {t("round.run.step", { step: run.step, count: run.totalSteps })}
        </span>
      )}
    </>
  );
}

function ModelLink({ model, of }: { model: PresentRound["policy"]; of: string }) {
  if (!model) return null;
  return <Link href={`/research/models/${model.id}`}>{shortName(model.name, of)}</Link>;
}

function RewardFacts({ round, detail }: OneStep) {
  const t = useT();
  const locale = useLocale();
  const { snapshot, report, rewardRun, rewardModel } = round;
  if (!snapshot) return null;
  const { counts } = snapshot;
  const { accuracy, accuracyLow, accuracyHigh, lengthBaseline } = report;
  const share = (value: number | null) => (value === null ? "–" : shareText(value, locale));
  return (
    <div className="text-sm text-muted">
      <p>
        {t("round.snapshot", {
          count: counts.rankings,
          labelers: counts.labelers,
          pairs: counts.train.comparisons,
          heldout: counts.heldout.comparisons,
        })}{" "}
        {counts.simulated > 0 && t("round.snapshot.simulated", { count: counts.simulated })}{" "}
        <Link href={`/research/snapshots/${snapshot.id}`}>{t("round.snapshot.link")}</Link>
      </p>
      {counts.labelers === 1 && <p>{t("round.snapshot.alone")}</p>}
      {counts.heldout.comparisons === 0 && <p>{t("round.snapshot.blind")}</p>}
      {accuracy !== null && (
        <p>
          {t("round.report", {
            share: share(accuracy),
            low: share(accuracyLow),
            high: share(accuracyHigh),
          })}{" "}
          {lengthBaseline !== null && t("round.report.length", { share: share(lengthBaseline) })}
        </p>
      )}
      <p className="flex flex-wrap gap-x-4">
        <span>
          <RunLink run={rewardRun} />
        </span>
        <ModelLink model={rewardModel} of={detail.campaign.name} />
      </p>
    </div>
  );
}

function PracticeFacts({ round, detail }: OneStep) {
  const t = useT();
  const locale = useLocale();
  const { practice, ppoRun, nextPolicy } = round;
  if (!ppoRun) return null;
  const { kl, scoreBefore, scoreAfter } = practice;
  const text = (value: number | null, digits: number) =>
    value === null ? "–" : numberText(value, locale, digits);
  return (
    <div className="text-sm text-muted">
      {kl !== null && (
        <p>
          {t("round.practice", {
            kl: klText(kl, locale),
            before: text(scoreBefore, 2),
            after: text(scoreAfter, 2),
          })}
        </p>
      )}
      <p className="flex flex-wrap gap-x-4">
        <span>
          <RunLink run={ppoRun} />
        </span>
        <ModelLink model={nextPolicy} of={detail.campaign.name} />
      </p>
    </div>
  );
}

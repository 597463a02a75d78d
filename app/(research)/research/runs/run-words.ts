import type { MessageKey } from "@/app/lib/i18n/catalogue";
import type { Values } from "@/app/lib/i18n/format";
import type { Outputs } from "@/app/lib/trpc";
import type { StatusTone } from "@/app/ui/tag";
import { durationText } from "@/app/ui/relative-time-text";
import type { Locale } from "@/app/lib/i18n/locale";
import { isRewarded } from "@/server/domain/run-kinds";

export type RunSummary = Outputs["runs"]["list"][number];
type Words = (key: MessageKey, values?: Values) => string;

export const kindKeys = {
  sft: "runs.kind.sft",
  reward: "runs.kind.reward",
  ppo: "runs.kind.ppo",
  rloo: "runs.kind.rloo",
  grpo: "runs.kind.grpo",
  dpo: "runs.kind.dpo",
  "best-of-n": "runs.kind.best-of-n",
} as const satisfies Record<RunSummary["kind"], MessageKey>;

export const statusKeys = {
  queued: "runs.status.queued",
  running: "runs.status.running",
  paused: "runs.status.paused",
  done: "runs.status.done",
  failed: "runs.status.failed",
  cancelled: "runs.status.cancelled",
} as const satisfies Record<RunSummary["status"], MessageKey>;

export const statusTones: Record<RunSummary["status"], StatusTone> = {
  queued: "neutral",
  running: "active",
  paused: "warning",
  done: "good",
  failed: "danger",
  cancelled: "warning",
};

/** As the literature calls them. */
export const kindShort = {
  sft: "SFT",
  reward: "RM",
  ppo: "PPO",
  rloo: "RLOO",
  grpo: "GRPO",
  dpo: "DPO",
  "best-of-n": "BoN",
} as const satisfies Record<RunSummary["kind"], string>;

/** The station of the loop whose hue a run of this kind has. */
export const kindStations = {
  sft: "demonstration",
  reward: "reward",
  ppo: "policy",
  rloo: "policy",
  grpo: "policy",
  dpo: "policy",
  "best-of-n": "reward",
} as const satisfies Record<RunSummary["kind"], string>;

export const isLive = (run: Pick<RunSummary, "status">): boolean =>
  run.status === "queued" || run.status === "running";

/** "120 of 400 updates, about 2 minutes left", or how long it took. */
export function progressText(
  run: Pick<
    RunSummary,
    "kind" | "status" | "step" | "totalSteps" | "secondsLeft" | "seconds" | "startedAt" | "endedAt"
  >,
  t: Words,
  locale: Locale,
): string {
  const unit =
    run.kind === "best-of-n"
      ? "runs.portions"
      : isRewarded(run.kind)
        ? "runs.iterations"
        : "runs.updates";
  const steps = t(unit, { step: run.step, count: run.totalSteps });
  if (run.status === "queued")
    return run.step === 0 ? t("runs.waiting") : t("runs.waitingOn", { steps });
  if (run.status === "paused") return run.step === 0 ? t("runs.pausedAtStart") : steps;
  if (run.status === "running")
    return run.secondsLeft === null
      ? steps
      : t("runs.left", { steps, time: durationText(run.secondsLeft, locale) });
  if (run.startedAt === null || run.endedAt === null) return steps;
  // pauses are not counted; runs of earlier versions know only when they began and ended
  const seconds = run.seconds || (run.endedAt.getTime() - run.startedAt.getTime()) / 1000;
  return t("runs.took", { steps, time: durationText(seconds, locale) });
}

"use client";

import { useLocale, useT } from "@/app/lib/i18n/client";
import type { Outputs } from "@/app/lib/trpc";
import { durationText } from "@/app/ui/relative-time-text";
import { bytesText } from "../bytes-text";
import { isLive } from "../run-words";

/** What a run takes of the machine: time so far and to come, memory expected and held. */
export function RunCost({ run }: { run: Outputs["runs"]["get"] }) {
  const t = useT();
  const locale = useLocale();
  const { memory, seconds, secondsLeft, status } = run;
  if (seconds === 0 && memory === null) return null;
  const live = isLive(run) && status === "running";
  const timeText = (time: string) => (run.endedAt === null ? t("runs.timeSoFar", { time }) : time);
  const parts = [
    seconds > 0 ? timeText(durationText(seconds, locale)) : null,
    live && secondsLeft !== null
      ? t("runs.timeLeft", { time: durationText(secondsLeft, locale) })
      : null,
  ];
  return (
    <dl className="mb-8 flex flex-wrap gap-x-10 gap-y-2 text-sm">
      <div>
        <dt className="text-muted">{t("runs.time")}</dt>
        <dd className="tabular">{parts.filter(Boolean).join(", ")}</dd>
      </div>
      {memory === null ? null : (
        <div>
          <dt className="text-muted">{t("runs.memory")}</dt>
          <dd className="tabular">
            {t("runs.memoryIs", {
              estimate: bytesText(memory.estimate, locale),
              available: bytesText(memory.available, locale),
            })}
            {memory.resident === undefined
              ? null
              : `, ${t("runs.memoryHeld", { resident: bytesText(memory.resident, locale) })}`}
          </dd>
        </div>
      )}
    </dl>
  );
}

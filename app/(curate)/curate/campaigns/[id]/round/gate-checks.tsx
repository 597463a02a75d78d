"use client";

import { Check as Met, Hourglass, Minus, X } from "lucide-react";
import { useLocale, useT } from "@/app/lib/i18n/client";
import { cx } from "@/app/ui/class-names";
import type { Check } from "@/server/domain/rounds/gate";
import { checkWords } from "./check-words";

interface ChecksProps {
  ways: readonly (readonly Check[])[];
  /** The round has yet to come here: only what is asked is known. */
  ahead?: boolean;
  /** What is not met may yet come: it is no fault. */
  patient?: boolean;
}

/** The figures of a gate against what it asks: all of one way, or all of another. */
export function GateChecks({ ways, ahead = false, patient = false }: ChecksProps) {
  const t = useT();
  const shown = ways.filter((way) => way.length > 0);
  if (shown.length === 0) return null;
  return (
    <div className="mt-2 text-sm">
      {shown.map((way, i) => (
        <div key={way.map((check) => check.name).join()}>
          {i > 0 && <p className="py-1 text-muted">{t("gate.or")}</p>}
          <ul aria-label={t("gate.checks")} className="flex flex-col gap-1">
            {way.map((check) => (
              <CheckLine key={check.name} check={check} ahead={ahead} patient={patient} />
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

type LineProps = { check: Check } & Required<Pick<ChecksProps, "ahead" | "patient">>;

function CheckLine({ check, ahead, patient }: LineProps) {
  const t = useT();
  const locale = useLocale();
  const words = checkWords({ t, locale }, check, ahead);
  const unmet = patient ? Hourglass : X;
  const Icon = ahead ? Minus : check.met ? Met : unmet;
  const tone = check.met ? "text-good" : patient ? "text-warning" : "text-danger";
  return (
    <li className="grid grid-cols-[1rem_1fr] gap-x-2 sm:grid-cols-[1rem_22rem_1fr]">
      <span className={cx("pt-0.5", ahead ? "text-muted" : tone)}>
        <Icon aria-hidden className="size-4" />
        {!ahead && <span className="sr-only">{t(check.met ? "gate.met" : "gate.unmet")}</span>}
      </span>
      <span className={ahead ? "text-muted" : undefined}>{words.what}</span>
      <span className="tabular col-start-2 sm:col-start-3">
        {words.value && <strong className="font-semibold">{words.value}</strong>}
        <span className="text-muted">
          {words.value ? ", " : ""}
          {words.wanted}
        </span>
      </span>
    </li>
  );
}

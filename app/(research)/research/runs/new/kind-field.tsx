"use client";

import { useId } from "react";
import { useT } from "@/app/lib/i18n/client";
import { cx } from "@/app/ui/class-names";
import { Tag } from "@/app/ui/tag";
import { type RunKind, runKinds } from "@/server/domain/run-kinds";
import { kindKeys, kindShort, kindStations } from "../run-words";

interface KindFieldProps {
  value: RunKind;
  onChange: (kind: RunKind) => void;
}

/** Which method trains: each with what it learns from and what it makes. */
export function KindField({ value, onChange }: KindFieldProps) {
  const t = useT();
  const id = useId();
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-semibold">{t("runs.kind")}</legend>
      <div className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
        {runKinds.map((kind) => (
          <div
            key={kind}
            className={cx("flex gap-3 border-l-2 py-1.5 pl-3", markOf(kind === value))}
          >
            <input
              id={`${id}-${kind}`}
              type="radio"
              name={id}
              className="mt-1 size-4 shrink-0 pointer-coarse:size-5"
              aria-describedby={`${id}-${kind}-help`}
              checked={kind === value}
              onChange={() => onChange(kind)}
            />
            <div className="min-w-0">
              <span className="flex flex-wrap items-baseline gap-x-2">
                <label htmlFor={`${id}-${kind}`}>{t(kindKeys[kind])}</label>
                <Tag station={kindStations[kind]}>{kindShort[kind]}</Tag>
              </span>
              <p id={`${id}-${kind}-help`} className="text-sm text-muted">
                {t(`runs.kindHelp.${kind}`)}
              </p>
            </div>
          </div>
        ))}
      </div>
    </fieldset>
  );
}

const markOf = (chosen: boolean) => (chosen ? "border-accent" : "border-transparent");

"use client";

import { useEffect, useRef } from "react";
import { useT } from "@/app/lib/i18n/client";
import { cx } from "@/app/ui/class-names";
import type { PreferenceSteps } from "@/server/domain/preference-scale";
import { pointName } from "./point-name";
import { pointsOf } from "./preferring";

interface PreferenceScaleProps {
  steps: PreferenceSteps;
  /** Undefined until a point is chosen: none is given to begin with. */
  preference: number | undefined;
  onChange: (preference: number) => void;
}

/** From "the left one is much better" over a tie to "the right one is": radio buttons, each with its number key. */
export function PreferenceScale({ steps, preference, onChange }: PreferenceScaleProps) {
  const t = useT();
  const scale = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    // a key may have chosen another point than the one that the keyboard is on
    if (scale.current?.contains(document.activeElement))
      scale.current.querySelector<HTMLElement>("input:checked")?.focus();
  });
  const nameOf = (point: number) => {
    const { key, values } = pointName(point, steps);
    return t(key, values);
  };
  return (
    <fieldset ref={scale} data-scale className="min-w-0">
      <legend className="sr-only">{t("comparison.scale")}</legend>
      <div aria-hidden className="mb-1 flex justify-between text-sm text-muted sm:hidden">
        <span>{t("comparison.end.left")}</span>
        <span>{t("comparison.end.right")}</span>
      </div>
      <div className={cx("grid gap-1", columns[steps])}>
        {pointsOf(steps).map((point, index) => (
          <label
            key={point}
            className={cx(
              "flex min-h-11 min-w-0 cursor-pointer flex-col items-center justify-center rounded-base border px-1 py-1 text-center text-sm leading-tight has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent",
              preference === point
                ? "border-ranking bg-ranking font-semibold text-paper"
                : "border-edge hover:bg-wash",
            )}
          >
            <input
              type="radio"
              name="preference"
              className="sr-only"
              aria-label={nameOf(point)}
              checked={preference === point}
              onChange={() => onChange(point)}
            />
            <span aria-hidden className="max-sm:hidden">
              {nameOf(point)}
            </span>
            <span aria-hidden className="tabular sm:hidden">
              {point === 0 ? "=" : Math.abs(point)}
            </span>
            <span
              aria-hidden
              className={cx(
                "tabular text-xs max-sm:hidden pointer-coarse:hidden",
                preference === point ? "opacity-80" : "text-muted",
              )}
            >
              {index + 1}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

const columns: Record<PreferenceSteps, string> = {
  3: "grid-cols-3",
  5: "grid-cols-5",
  7: "grid-cols-7",
};

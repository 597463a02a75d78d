"use client";

import type { CSSProperties } from "react";
import { useLocale, useT } from "@/app/lib/i18n/client";

/** Share of the scale below which a token is left unmarked. */
const quiet = 0.05;

/** How a token's KL looks: hue and line say which way, strength and width how far. */
export function klStyle(kl: number, scale: number): CSSProperties {
  const share = Math.min(1, Math.abs(kl) / scale);
  if (share < quiet) return {};
  const color = kl > 0 ? "var(--policy)" : "var(--reward)";
  return {
    backgroundColor: `color-mix(in oklab, ${color} ${Math.round(8 + 30 * share)}%, transparent)`,
    borderBottom: `${1 + Math.round(2 * share)}px ${kl > 0 ? "solid" : "dotted"} ${color}`,
  };
}

const steps = [-1, -0.5, 0, 0.5, 1] as const;

/** What the marks of tokens mean, with their numbers. */
export function KlLegend({ scale }: { scale: number }) {
  const t = useT();
  const locale = useLocale();
  const shown = (value: number) =>
    value.toLocaleString(locale, {
      maximumSignificantDigits: 2,
      signDisplay: "exceptZero",
    });
  return (
    <div className="text-sm">
      <p className="text-muted">{t("rollouts.legend")}</p>
      <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1">
        {steps.map((step) => (
          <li key={step} className="tabular">
            <span className="rounded-sm px-1.5 py-0.5" style={klStyle(step * scale, scale)}>
              {shown(step * scale)}
            </span>
            {step === -1 ? ` ${t("rollouts.less")}` : step === 1 ? ` ${t("rollouts.more")}` : null}
          </li>
        ))}
      </ul>
    </div>
  );
}

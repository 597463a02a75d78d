"use client";

import { useSearchParams } from "next/navigation";
import { useId } from "react";
import { useLocale, useT } from "@/app/lib/i18n/client";

const parameter = "smoothing";
const most = 0.99;

/** How much lines are smoothed, 0 to 0.99; kept in the address, so that a link shows the same curves. */
export function useSmoothing(): [number, (weight: number) => void] {
  const search = useSearchParams();
  const asked = Number(search.get(parameter));
  const weight = asked > 0 ? Math.min(asked, most) : 0; // NaN is none
  const set = (next: number) => {
    const query = new URLSearchParams(search);
    if (next > 0) query.set(parameter, String(next));
    else query.delete(parameter);
    const text = query.toString();
    window.history.replaceState(null, "", text === "" ? location.pathname : `?${text}`);
  };
  return [weight, set];
}

interface SmoothingSliderProps {
  value: number;
  onChange: (weight: number) => void;
}

export function SmoothingSlider({ value, onChange }: SmoothingSliderProps) {
  const t = useT();
  const locale = useLocale();
  const id = useId();
  const shown = value.toLocaleString(locale, { minimumFractionDigits: 2 });
  return (
    <div className="w-52">
      <label htmlFor={id} className="flex justify-between text-sm">
        <span className="font-semibold">{t("chart.smoothing")}</span>
        <span className="tabular text-muted">
          {value === 0 ? t("chart.smoothing.none") : shown}
        </span>
      </label>
      <input
        id={id}
        type="range"
        className="w-full accent-accent pointer-coarse:h-11"
        min={0}
        max={most}
        step={0.01}
        value={value}
        aria-valuetext={value === 0 ? t("chart.smoothing.none") : shown}
        onChange={({ target }) => onChange(Number(target.value))}
      />
    </div>
  );
}

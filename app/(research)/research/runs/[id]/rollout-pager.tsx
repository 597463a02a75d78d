"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useT } from "@/app/lib/i18n/client";
import { Button } from "@/app/ui/button";
import { Select } from "@/app/ui/select";
import { choicesOf } from "./rollout-steps";

interface RolloutPagerProps {
  /** What a step is. */
  unit: "iteration" | "update";
  /** At which responses were kept, newest first. */
  steps: readonly number[];
  shown: number;
  /** Whether it follows the newest. */
  newest: boolean;
  /** Null: the newest, whatever comes. */
  onChange: (step: number | null) => void;
}

/** From iteration to iteration, or to a certain one. */
export function RolloutPager({ unit, steps, shown, newest, onChange }: RolloutPagerProps) {
  const t = useT();
  const place = steps.indexOf(shown);
  const to = (at: number) => onChange(at <= 0 ? null : steps[at]);
  return (
    <div className="flex flex-wrap items-end gap-2">
      <Button
        icon={<ChevronLeft aria-hidden className="size-4" />}
        disabled={place < 0 || place >= steps.length - 1}
        onClick={() => to(place + 1)}
      >
        {t("rollouts.earlier")}
      </Button>
      <Select
        label={t(`rollouts.${unit}`)}
        value={newest ? "" : String(shown)}
        onChange={({ target }) => onChange(target.value === "" ? null : Number(target.value))}
        placeholder={t("runs.newest", { step: steps[0] ?? 0 })}
        options={choicesOf(steps, shown).map((step) => ({
          value: String(step),
          label: unit === "iteration" ? t("runs.atIteration", { step }) : String(step),
        }))}
      />
      <Button disabled={place <= 0} onClick={() => to(place - 1)}>
        {t("rollouts.later")}
        <ChevronRight aria-hidden className="size-4" />
      </Button>
    </div>
  );
}

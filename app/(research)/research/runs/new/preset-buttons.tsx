"use client";

import { useT } from "@/app/lib/i18n/client";
import { Button } from "@/app/ui/button";
import type { PresetName } from "@/server/domain/training-options";

interface PresetButtonsProps {
  /** Where nothing learns there is nothing to adapt. */
  presets: readonly PresetName[];
  /** Null: what suits the model; undefined: options chosen one by one. */
  active: PresetName | null | undefined;
  /** Options that differ from what suits the model. */
  changed: number;
  onChoose: (preset: PresetName | null) => void;
}

/** A whole set of options by one press; each can be changed afterwards. */
export function PresetButtons({ presets, active, changed, onChoose }: PresetButtonsProps) {
  const t = useT();
  const said = active === undefined ? "runs.preset.own" : `runs.preset.${active ?? "suited"}.help`;
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-semibold">{t("runs.preset")}</legend>
      <div className="flex flex-wrap gap-2">
        {[null, ...presets].map((preset) => (
          <Button
            key={preset}
            aria-pressed={active === preset}
            className={active === preset ? "border-accent! bg-accent-wash!" : undefined}
            onClick={() => onChoose(preset)}
          >
            {t(`runs.preset.${preset ?? "suited"}`)}
          </Button>
        ))}
      </div>
      <output className="mt-2 block text-sm text-muted">
        {t(said as Parameters<typeof t>[0])}{" "}
        {changed === 0 ? null : t("runs.preset.changed", { count: changed })}
      </output>
    </fieldset>
  );
}

"use client";

import { useT } from "@/app/lib/i18n/client";
import { NumberField } from "@/app/ui/number-field";
import { Select } from "@/app/ui/select";
import { TextField } from "@/app/ui/text-field";
import { samplings } from "@/server/domain/distribution";
import type { Values } from "./rules-values";

export interface FieldsProps {
  values: Values;
  onChange: (change: Partial<Values>) => void;
  /** What is wrong with a field, once somebody tried to save. */
  said: (field: string) => string | undefined;
}

/** Which task comes next: gold, the calibration pool, and the order of the others. */
export function DistributionFields({ values, onChange, said }: FieldsProps) {
  const t = useT();
  return (
    <div className="flex max-w-2xl flex-col gap-6">
      <NumberField
        label={t("rules.goldRate")}
        help={t("rules.goldRate.help")}
        unit={t("unit.percent")}
        value={values.goldRate}
        onChange={(goldRate) => onChange({ goldRate })}
        error={said("goldRate")}
      />
      <NumberField
        label={t("rules.goldSeenBy")}
        help={t("rules.goldSeenBy.help")}
        unit={t("rules.goldSeenBy.unit")}
        value={values.goldSeenBy}
        onChange={(goldSeenBy) => onChange({ goldSeenBy })}
        error={said("goldSeenBy")}
      />
      <NumberField
        label={t("rules.calibrationShare")}
        help={t("rules.calibrationShare.help")}
        unit={t("unit.percent")}
        value={values.calibrationShare}
        onChange={(calibrationShare) => onChange({ calibrationShare })}
        error={said("calibrationShare")}
      />
      <Select
        label={t("rules.sampling")}
        help={t("rules.sampling.help")}
        value={values.sampling}
        onChange={(event) =>
          onChange({ sampling: samplings.find((one) => one === event.target.value) ?? "uniform" })
        }
        options={samplings.map((value) => ({ value, label: t(`rules.sampling.${value}`) }))}
      />
      <TextField
        label={t("rules.qualification")}
        help={t("rules.qualification.help")}
        note={t("field.optional")}
        value={values.qualification}
        maxLength={60}
        onChange={(event) => onChange({ qualification: event.target.value })}
      />
    </div>
  );
}

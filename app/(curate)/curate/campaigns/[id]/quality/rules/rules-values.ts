import type { Distribution } from "@/server/domain/distribution";
import type { QualityOptions } from "@/server/domain/quality/options";
import { type Measure, measures } from "@/server/domain/quality/rules";

/** A rule as it stands in its fields: shares in percent, null while no number. */
export interface RuleValues {
  action: QualityOptions["rules"]["gold"]["action"];
  threshold: number | null;
  atLeast: number | null;
}

/** What stands in the fields: shares in percent, null while no number. */
export interface Values {
  goldRate: number | null;
  goldSeenBy: number | null;
  calibrationShare: number | null;
  sampling: Distribution["sampling"];
  qualification: string;
  rules: Record<Measure, RuleValues>;
  weights: boolean;
  showAgreement: boolean;
  showGold: boolean;
}

const percent = (share: number): number => Math.round(share * 1000) / 10;

export function valuesOf(distribution: Distribution, options: QualityOptions): Values {
  const rules = measures.map((measure): [Measure, RuleValues] => {
    const { action, threshold, atLeast } = options.rules[measure];
    return [measure, { action, threshold: percent(threshold), atLeast }];
  });
  return {
    ...distribution,
    ...options,
    goldRate: percent(distribution.goldRate),
    calibrationShare: percent(distribution.calibrationShare),
    rules: Object.fromEntries(rules) as Record<Measure, RuleValues>,
  };
}

/** Between which numbers a field must be; an alias, since messages take any record of values. */
export type Range = { min: number; max: number };

/** The fields that are no number of their range, by name; a rule's by "measure threshold". */
export function wrongFields(values: Values): Map<string, Range> {
  const wrong = new Map<string, Range>();
  const check = (name: string, value: number | null, min: number, max: number, whole = false) => {
    const fits = value !== null && value >= min && value <= max;
    if (!fits || (whole && !Number.isInteger(value))) wrong.set(name, { min, max });
  };
  check("goldRate", values.goldRate, 0, 50);
  check("goldSeenBy", values.goldSeenBy, 1, 100_000, true);
  check("calibrationShare", values.calibrationShare, 0, 50);
  for (const measure of measures) {
    const { threshold, atLeast } = values.rules[measure];
    check(`${measure} threshold`, threshold, 0, 100);
    check(`${measure} atLeast`, atLeast, 1, 10_000, true);
  }
  return wrong;
}

/** The settings that values without wrong fields stand for. */
export function settingsOf(values: Values): {
  distribution: Distribution;
  quality: QualityOptions;
} {
  const rules = measures.map((measure) => {
    const { action, threshold, atLeast } = values.rules[measure];
    return [measure, { action, threshold: (threshold ?? 0) / 100, atLeast: atLeast ?? 1 }];
  });
  const { sampling, qualification, weights, showAgreement, showGold } = values;
  return {
    distribution: {
      goldRate: (values.goldRate ?? 0) / 100,
      goldSeenBy: values.goldSeenBy ?? 1,
      calibrationShare: (values.calibrationShare ?? 0) / 100,
      sampling,
      qualification: qualification.trim(),
    },
    quality: {
      rules: Object.fromEntries(rules) as QualityOptions["rules"],
      weights,
      showAgreement,
      showGold,
    },
  };
}

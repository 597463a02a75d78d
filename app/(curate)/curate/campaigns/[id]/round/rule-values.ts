import type { MessageKey } from "@/app/lib/i18n/catalogue";
import type { GateName, RoundRule } from "@/server/domain/rounds/rule";

/** What stands in the fields: shares as percentages; null is an empty or unreadable number. */
export interface RuleValues {
  afterRankings: number | null;
  everyHours: number | null;
  fewestRankings: number | null;
  accuracy: number | null;
  accuracyLow: number | null;
  heldoutPairs: number | null;
  labelers: number | null;
  beatsLength: boolean;
  kl: number | null;
  scoreRises: boolean;
  askAt: readonly GateName[];
  calibrationShare: number | null;
}

/** Without the last bits of a product of decimals: 0.07 · 100 is 7. */
const percent = (share: number | null) => (share === null ? null : Math.round(share * 1e6) / 1e4);
const share = (value: number | null) => (value === null ? null : value / 100);

export function valuesOf(rule: RoundRule): RuleValues {
  const { afterRankings, everyHours, fewestRankings, thresholds, askAt, calibrationShare } = rule;
  return {
    ...thresholds,
    afterRankings,
    everyHours,
    fewestRankings,
    askAt,
    accuracy: percent(thresholds.accuracy),
    accuracyLow: percent(thresholds.accuracyLow),
    calibrationShare: percent(calibrationShare),
  };
}

/** A field that is wrong, and what it should be. */
export interface RuleWrong {
  key: MessageKey;
  values?: Record<string, number>;
}
export type RuleWrongs = Partial<Record<keyof RuleValues, RuleWrong>>;

const most = 1_000_000;
const hoursMost = 24 * 366;

const within = (value: number | null, low: number, high: number): boolean =>
  value === null || (value >= low && value <= high);
const whole = (value: number | null, max: number): boolean =>
  value === null || (Number.isInteger(value) && within(value, 1, max));

/** What keeps the form from being sent, by field; the server checks the same again. */
export function wrongsOf(values: RuleValues): RuleWrongs {
  const found: RuleWrongs = {};
  const must = (name: keyof RuleValues, right: boolean, wrong: RuleWrong) => {
    if (!right) found[name] = wrong;
  };
  const wholeTo = (max: number): RuleWrong => ({
    key: "rule.wrong.whole",
    values: { min: 1, max },
  });
  must("afterRankings", whole(values.afterRankings, most), wholeTo(most));
  must("heldoutPairs", whole(values.heldoutPairs, most), wholeTo(most));
  must("labelers", whole(values.labelers, 10_000), wholeTo(10_000));
  must("accuracy", within(values.accuracy, 0, 100), { key: "rule.wrong.percent" });
  must("accuracyLow", within(values.accuracyLow, 0, 100), { key: "rule.wrong.percent" });
  must("everyHours", within(values.everyHours, 0.1, hoursMost), {
    key: "rule.wrong.hours",
    values: { max: hoursMost },
  });
  must("kl", values.kl === null || (values.kl > 0 && values.kl <= 10_000), {
    key: "rule.wrong.kl",
  });
  must(
    "fewestRankings",
    values.everyHours === null ||
      (values.fewestRankings !== null && whole(values.fewestRankings, most)),
    { key: "rule.wrong.fewest", values: { max: most } },
  );
  const { calibrationShare } = values;
  must("calibrationShare", calibrationShare !== null && within(calibrationShare, 0, 100), {
    key: "rule.wrong.share",
  });
  return found;
}

/** The rule that a form without wrongs stands for. */
export function ruleFrom(values: RuleValues): RoundRule {
  const { afterRankings, everyHours, fewestRankings, askAt } = values;
  const { heldoutPairs, labelers, beatsLength, kl, scoreRises } = values;
  return {
    afterRankings,
    everyHours,
    fewestRankings: fewestRankings ?? 1,
    thresholds: {
      accuracy: share(values.accuracy),
      accuracyLow: share(values.accuracyLow),
      heldoutPairs,
      labelers,
      beatsLength,
      kl,
      scoreRises,
    },
    askAt: [...askAt],
    calibrationShare: share(values.calibrationShare) ?? 0,
  };
}

import type { JudgedPair, PartAccuracy } from "../ml/rlhf/reward-breakdown";
import type { RewardReport } from "../ml/rlhf/reward-report";
import { short } from "./output";

/** A report under the names of the shell's contract. */
export function reportResult(report: RewardReport) {
  return {
    prompts: report.prompts,
    pairs: report.pairs,
    accuracy: report.accuracy,
    accuracy_ci: report.accuracyInterval,
    ece: report.ece,
    brier: report.brier,
    length_baseline: report.lengthBaseline,
    length_baseline_ci: report.lengthBaselineInterval,
    labelers: report.labelers && {
      agreement: report.labelers.agreement,
      agreement_ci: report.labelers.interval,
      pairs: report.labelers.pairs,
      prompts: report.labelers.prompts,
    },
    alike_in_length: partResult(report.alikeInLength),
    by_margin: report.byMargin.map(partResult),
    by_length_difference: report.byLengthDifference.map(partResult),
    by_longer: report.byLonger.map(partResult),
    by_labeler_group: report.byLabelerGroup.map(partResult),
    worst_mistakes: report.worstMistakes.map(mistakeResult),
    nearest_mistakes: report.nearestMistakes.map(mistakeResult),
    reliability: report.reliability.map(({ low, high, count, meanPredicted, observed }) => {
      return { low, high, count, mean_predicted: meanPredicted, observed };
    }),
  };
}

const partResult = ({ part, pairs, accuracy, interval }: PartAccuracy) => {
  return { part, pairs, accuracy, accuracy_ci: interval };
};

const mistakeResult = ({ prompt, chosen, rejected, margin }: JudgedPair) => {
  return { prompt, chosen, rejected, margin };
};

export function reportLines(result: ReturnType<typeof reportResult>): string[] {
  const { labelers, alike_in_length: alike } = result;
  const share = (x: number) => `${(100 * x).toFixed(1)} %`;
  const interval = ([low, high]: readonly number[]) =>
    `95 % interval ${share(low)} to ${share(high)}`;
  const parts = [
    ...result.by_length_difference.map((one) => ({ ...one, part: `length ${one.part}` })),
    ...result.by_labeler_group,
  ].filter(({ accuracy }) => accuracy !== null);
  return [
    `held out: ${result.pairs} pairs of ${result.prompts} prompts`,
    `accuracy         ${share(result.accuracy)} (${interval(result.accuracy_ci)})`,
    `"longer wins"    ${share(result.length_baseline)} (${interval(result.length_baseline_ci)})`,
    ...(labelers
      ? [`labelers agree   ${share(labelers.agreement)} (${interval(labelers.agreement_ci)})`]
      : []),
    ...(alike.accuracy === null
      ? []
      : [`alike in length  ${share(alike.accuracy)} of ${alike.pairs} pairs within 10 %`]),
    `calibration      ECE ${short(result.ece)}, Brier ${short(result.brier)}`,
    ...parts.map(({ part, accuracy, pairs }) => `  ${part}: ${share(accuracy!)} of ${pairs} pairs`),
  ];
}

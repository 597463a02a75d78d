import type { JudgedPair, PartAccuracy } from "./reward-breakdown";
import type { RewardReport } from "./reward-report";

/** A report under the names of the shell's contract, which files, pages and programs read. */
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

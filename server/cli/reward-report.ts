import type { HeldoutReport } from "../domain/heldout-report";
import { short } from "./output";

export function reportLines(result: HeldoutReport): string[] {
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

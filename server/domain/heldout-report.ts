type Interval = readonly [low: number, high: number];

/** Accuracy on a part of the pairs; null where it has none. */
export interface ReportPart {
  readonly part: string;
  readonly pairs: number;
  readonly accuracy: number | null;
  /** 95 %, bootstrap over prompts. */
  readonly accuracy_ci: Interval | null;
}

/** A pair that was ordered otherwise than people did. */
export interface ReportMistake {
  readonly prompt: string;
  readonly chosen: string;
  readonly rejected: string;
  /** r_w − r_l, nats. */
  readonly margin: number;
}

/** How a reward model orders held-out completions, under the names of the shell's contract. */
export interface HeldoutReport {
  readonly prompts: number;
  readonly pairs: number;
  readonly accuracy: number;
  readonly accuracy_ci: Interval;
  readonly ece: number;
  readonly brier: number;
  readonly length_baseline: number;
  readonly length_baseline_ci: Interval;
  /** The ceiling; null where no two labelers ordered the same pair. */
  readonly labelers: {
    readonly agreement: number;
    readonly agreement_ci: Interval;
    readonly pairs: number;
    readonly prompts: number;
  } | null;
  readonly alike_in_length: ReportPart;
  readonly by_margin: readonly ReportPart[];
  readonly by_length_difference: readonly ReportPart[];
  readonly by_longer: readonly ReportPart[];
  readonly by_labeler_group: readonly ReportPart[];
  readonly worst_mistakes: readonly ReportMistake[];
  readonly nearest_mistakes: readonly ReportMistake[];
  readonly reliability: readonly {
    readonly low: number;
    readonly high: number;
    readonly count: number;
    readonly mean_predicted: number | null;
    readonly observed: number | null;
  }[];
}

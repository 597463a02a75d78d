/** What one side of a snapshot's split holds. */
export interface SplitCounts {
  prompts: number;
  rankings: number;
  comparisons: number;
}

/** What a snapshot holds and what it left out, kept with it and shown with it. */
export interface SnapshotCounts {
  rankings: number;
  prompts: number;
  tasks: number;
  completions: number;
  /** Pairs that the rankings order; ties order none. */
  comparisons: number;
  ties: number;
  labelers: number;
  /** Rankings inside that a program made; each of their rows says so. */
  simulated: number;
  noneAcceptable: number;
  train: SplitCounts;
  heldout: SplitCounts;
  /** Rankings that stayed outside: made by a program, or of completions that all read the same. */
  leftOut: { simulated: number; identical: number };
  /** Of the pairs that two people both ordered in one task, the share ordered alike; null = none. */
  agreement: { pairs: number; share: number } | null;
  /** ISO time of the first and the last ranking. */
  from: string | null;
  to: string | null;
}

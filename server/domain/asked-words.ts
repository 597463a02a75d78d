/** Apart from what checks them: a labeler's page needs the words alone. */

/** What InstructGPT's labelers marked on each answer (Ouyang et al. 2022, table 3), in its order. */
export const flags = [
  "fails-instruction",
  "inappropriate-for-assistant",
  "hallucination",
  "violates-constraint",
  "sexual",
  "violent",
  "encourages-harm",
  "denigrates-protected-class",
  "harmful-advice",
  "expresses-opinion",
  "moral-judgement",
] as const;

/** Overall quality of an answer on InstructGPT's Likert scale. */
export const qualitySteps = 7;

/** Why an answer cannot be judged. */
export const unjudgeableReasons = [
  "unreadable",
  "not-my-field",
  "broken",
  "disturbing",
  "other",
] as const;

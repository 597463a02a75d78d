import { z } from "zod";
import type { ConsentId } from "./ids";

/** One choice that a person makes before they enter; any other answer than an accepted one keeps them out. */
const zScreeningQuestion = z
  .object({
    id: z.string().trim().min(1).max(40),
    text: z.string().trim().min(1).max(500),
    options: z.array(z.string().trim().min(1).max(120)).min(2).max(12),
    accepted: z.array(z.string()).min(1).max(12),
  })
  .refine(({ options }) => new Set(options).size === options.length, {
    message: "Give each answer once.",
  })
  .refine(({ options, accepted }) => accepted.every((one) => options.includes(one)), {
    message: "An accepted answer is none of those offered: choose among them.",
  });
export type ScreeningQuestion = z.infer<typeof zScreeningQuestion>;

/** A quiz made from the campaign's gold. */
const zQuizOptions = z.object({
  items: z.int().min(1).max(20),
  /** Share of items to be ordered as expected. */
  passMark: z.number().gt(0).max(1),
  attempts: z.int().min(1).max(5),
});
export type QuizOptions = z.infer<typeof zQuizOptions>;
export const usualQuiz: QuizOptions = { items: 5, passMark: 0.8, attempts: 2 };

/** What a labeler must answer and show before a campaign gives them tasks. */
export const zEntry = z.object({
  screening: z
    .array(zScreeningQuestion)
    .max(10)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, {
      message: "Two questions have one id.",
    })
    .default([]),
  quiz: zQuizOptions.nullable().default(null),
});
export type Entry = z.infer<typeof zEntry>;

export const entryOf = (config: { entry?: z.input<typeof zEntry> }): Entry =>
  zEntry.parse(config.entry ?? {});

/** What a person has behind them, of what the entry asks. */
interface Entered {
  readonly screened: boolean;
  readonly passed: boolean;
}

/** Whether somebody agreed to what a campaign asks them to; one that asks nothing has everybody's agreement. */
export const isAgreed = (
  { consentId }: { consentId?: ConsentId },
  agreed: ReadonlySet<ConsentId>,
): boolean => consentId === undefined || agreed.has(consentId);

export const mayEnter = ({ screening, quiz }: Entry, { screened, passed }: Entered): boolean =>
  (screening.length === 0 || screened) && (quiz === null || passed);

/** Items that must be right: the share, rounded up. */
export const rightNeeded = ({ items, passMark }: Pick<QuizOptions, "items" | "passMark">): number =>
  Math.ceil(items * passMark - 1e-9);

/** Whether every question has one of its accepted answers. */
export const isAccepted = (
  questions: readonly ScreeningQuestion[],
  answers: Readonly<Record<string, string>>,
): boolean => questions.every(({ id, accepted }) => accepted.includes(answers[id] ?? ""));

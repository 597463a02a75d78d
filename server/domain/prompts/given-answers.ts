import { z } from "zod";
import { promptLimit } from "./limit";

/** An answer that came with its prompt. */
export interface GivenAnswer {
  readonly text: string;
  /** What the file calls whoever gave it: a model's name, or "chosen". Labelers never learn it. */
  readonly origin: string;
}
export type GivenPair = [GivenAnswer, GivenAnswer];

const zGivenAnswer = z.object({
  text: z
    .string()
    .max(promptLimit)
    .refine((text) => text.trim() !== ""),
  origin: z.string().min(1).max(200),
});
/** Two answers that differ: equal ones could not be compared. */
export const zGivenPair = z
  .tuple([zGivenAnswer, zGivenAnswer])
  .refine(([a, b]) => a.text.trim() !== b.text.trim());

type Said = Readonly<Record<string, unknown>>;

/** Fields that hold one answer each, and those that name who gave it; what most data sets of pairs use. */
const pairsOfFields = [
  { answers: ["chosen", "rejected"], origins: ["chosen_model", "rejected_model"] },
  { answers: ["response_a", "response_b"], origins: ["model_a", "model_b"] },
  { answers: ["answer_a", "answer_b"], origins: ["model_a", "model_b"] },
  { answers: ["completion_a", "completion_b"], origins: ["model_a", "model_b"] },
] as const;

/**
 * The two answers that a row gives beside its prompt: `answers`, a list of two texts or of {text, model}, or a pair of
 * fields such as `chosen` and `rejected`.
 * @returns null where it gives none, "answers" where what it gives are no two different texts
 */
export function givenPairOf(said: Said): GivenPair | null | "answers" {
  const given = listed(said.answers) ?? fielded(said);
  if (given === null) return null;
  const parsed = zGivenPair.safeParse(given);
  return parsed.success ? parsed.data : "answers";
}

function listed(answers: unknown): unknown[] | null {
  if (!Array.isArray(answers)) return null;
  return answers.map((one: unknown, i) => {
    const { text, content, model, origin } = one instanceof Object ? (one as Said) : { text: one };
    const name = origin ?? model;
    return { text: text ?? content, origin: isName(name) ? name : "ab"[i] };
  });
}

function fielded(said: Said): unknown[] | null {
  const fields = pairsOfFields.find(({ answers }) =>
    answers.some((name) => said[name] !== undefined && said[name] !== null),
  );
  if (!fields) return null;
  return fields.answers.map((field, i) => {
    const name = said[fields.origins[i]];
    return {
      text: answerText(said[field]),
      origin: isName(name) ? name : (field.split("_")[1] ?? field),
    };
  });
}

const isName = (value: unknown): value is string => typeof value === "string" && value !== "";

/** A text, or the last turn of a chat. */
function answerText(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const last: unknown = value.at(-1);
  if (!(last instanceof Object)) return undefined;
  const { content, value: text } = last as Said;
  return content ?? text;
}

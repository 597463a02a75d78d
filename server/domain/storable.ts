import { AppError } from "./app-error";

/** What no database keeps in every dialect: the zero character, and halves of characters. */
const unstorable = /\0|\p{Surrogate}/gu;
const deepest = 200;

/** A text as both databases keep it: what neither can hold becomes the replacement character, which is shown. */
export const storableText = (text: string): string => text.replace(unstorable, "\ufffd");

/**
 * The same of every text, and every key, in a value as JSON carries them. Other objects (dates, maps) stay as they are.
 * @throws AppError bad-input for what is nested without end
 */
export function storable(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return storableText(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth > deepest)
    throw new AppError(
      "bad-input",
      `This is nested more than ${deepest} levels deep: send it flatter.`,
    );
  if (Array.isArray(value)) return value.map((item) => storable(item, depth + 1));
  const kind: unknown = Object.getPrototypeOf(value);
  if (kind !== Object.prototype && kind !== null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [storableText(key), storable(item, depth + 1)]),
  );
}

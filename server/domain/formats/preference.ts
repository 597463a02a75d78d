import { z } from "zod";
import { badRow, type JsonObject, parseRow, type Where } from "./row";
import { excerpt, type Message, sameText, type Text, zText } from "./text";

/** TRL preference row; without `prompt`, the prompt is what both sides begin with. */
export const zPreferenceRow = z.looseObject({
  prompt: zText.optional(),
  chosen: zText,
  rejected: zText,
  margin: z.number().nullish(),
});

export interface Preference {
  readonly prompt: Text;
  readonly chosen: Text;
  readonly rejected: Text;
  readonly margin?: number;
}

/** Reads a TRL preference row, taking the prompt out of both sides where it is implicit. */
export function preferenceRow(object: JsonObject, where: Where): Preference {
  const row = parseRow(zPreferenceRow, object, where);
  if (sameText(row.chosen, row.rejected)) {
    throw badRow(
      where,
      `fields "chosen" and "rejected" are duplicate completions ("${excerpt(row.chosen)}")`,
      "a comparison needs two different texts: leave the row out",
    );
  }
  if (Array.isArray(row.chosen) !== Array.isArray(row.rejected)) {
    throw badRow(
      where,
      'one of "chosen" and "rejected" is text and the other a list of messages',
      "write both the same way",
    );
  }
  const margin = typeof row.margin === "number" ? { margin: row.margin } : {};
  if (row.prompt !== undefined) {
    return { prompt: row.prompt, chosen: row.chosen, rejected: row.rejected, ...margin };
  }
  return { ...extractPrompt(row.chosen, row.rejected), ...margin };
}

/**
 * Splits two sides at their longest common beginning, as TRL's `extract_prompt` does: a space
 * before the first difference belongs to the completions.
 */
export function extractPrompt(chosen: Text, rejected: Text): Preference {
  if (typeof chosen === "string" && typeof rejected === "string") {
    const [a, b] = [Array.from(chosen), Array.from(rejected)]; // code points: a pair of surrogates stays whole
    const at = splitPoint(a, b);
    const cut = at > 0 && a[at - 1] === " " ? at - 1 : at;
    return {
      prompt: a.slice(0, cut).join(""),
      chosen: a.slice(cut).join(""),
      rejected: b.slice(cut).join(""),
    };
  }
  const [a, b] = [chosen as Message[], rejected as Message[]];
  const key = (m: Message) => JSON.stringify([m.role, m.content]);
  const at = splitPoint(a.map(key), b.map(key));
  return { prompt: a.slice(0, at), chosen: a.slice(at), rejected: b.slice(at) };
}

/** Index of the first difference; where one side begins the other, its last place. */
function splitPoint(a: readonly string[], b: readonly string[]): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) if (a[i] !== b[i]) return i;
  return Math.max(0, shorter - 1);
}

import { z } from "zod";

/** One turn of a conversation, as TRL and the chat templates have it. */
export const zMessage = z.looseObject({ role: z.string().min(1), content: z.string() });
export type Message = z.infer<typeof zMessage>;

/** A prompt or a completion: plain text, or the turns of a conversation. */
export const zText = z.union([z.string(), z.array(zMessage).min(1)], {
  error: "expected text, or a list of {role, content}",
});
export type Text = z.infer<typeof zText>;

/** Whether two texts say the same, whatever else their messages carry. */
export function sameText(a: Text, b: Text): boolean {
  return textKey(a) === textKey(b);
}

/** One string for one text: what duplicates share. */
export function textKey(text: Text): string {
  if (typeof text === "string") return text;
  return JSON.stringify(text.map(({ role, content }) => [role, content]));
}

/** A text in one line for a message to a person, cut after `limit` characters. */
export function excerpt(text: Text, limit = 40): string {
  const flat = (typeof text === "string" ? text : text.map((m) => m.content).join(" "))
    .replaceAll(/\s+/g, " ")
    .trim();
  const points = Array.from(flat);
  return points.length > limit ? `${points.slice(0, limit).join("")}…` : flat;
}

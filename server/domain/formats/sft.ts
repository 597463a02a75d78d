import { z } from "zod";
import { badRow, type JsonObject, parseRow, type Where } from "./row";
import { type Message, type Text, zMessage, zText } from "./text";

/** One demonstration: only the completion's tokens are trained on. `prompt` is "" for plain text. */
export interface SftRow {
  readonly where: Where;
  readonly prompt: Text;
  readonly completion: Text;
}

const zCompletionRow = z.looseObject({ prompt: zText, completion: zText });
const zMessagesRow = z.looseObject({ messages: z.array(zMessage).min(1) });
const zTextRow = z.looseObject({ text: z.string().min(1) });

/** Reads {prompt, completion}, {messages} or {text}, told apart by their fields. */
export function sftRow(object: JsonObject, where: Where): SftRow {
  if ("label" in object && "completion" in object) {
    throw badRow(
      where,
      "this is an unpaired preference (it has a label)",
      "train on the rows whose label is true, without the field",
    );
  }
  if ("completion" in object) {
    const { prompt, completion } = parseRow(zCompletionRow, object, where);
    return { where, prompt, completion };
  }
  if ("messages" in object)
    return fromMessages(parseRow(zMessagesRow, object, where).messages, where);
  if ("text" in object) {
    return { where, prompt: "", completion: parseRow(zTextRow, object, where).text };
  }
  if ("chosen" in object || "rejected" in object || "ranking" in object) {
    throw badRow(
      where,
      "this is a ranking, not a demonstration",
      "use `train reward` for it, or give {prompt, completion}, {messages} or {text}",
    );
  }
  const missing = "prompt" in object ? 'field "completion" is missing' : "no field to train on";
  throw badRow(
    where,
    `${missing} (the row has ${Object.keys(object).join(", ") || "no field"})`,
    "give {prompt, completion}, {messages} or {text}",
  );
}

/** The last turn is what the model should say; the turns before it are the prompt. */
function fromMessages(messages: Message[], where: Where): SftRow {
  const last = messages.at(-1)!;
  if (last.role !== "assistant") {
    throw badRow(
      where,
      `field "messages" ends with a turn of "${last.role}"`,
      'end with the "assistant" turn that the model should learn',
    );
  }
  return { where, prompt: messages.slice(0, -1), completion: [last] };
}

const zPromptRow = z.looseObject({ prompt: zText });

/** A prompt to answer. */
export interface PromptRow {
  readonly where: Where;
  readonly prompt: Text;
  /** what it says of the right answer, for rewards that can check one */
  readonly label?: string;
  /** what else the row says of the prompt (an id, a topic), without answers and what was said of them */
  readonly fields: JsonObject;
}

const OF_ANSWERS = new Set(
  "prompt completion completions chosen rejected margin label ranking not_rankable labeler scores".split(
    " ",
  ),
);

/** Reads {prompt}; any richer row that has a prompt will do. */
export function promptRow(object: JsonObject, where: Where): PromptRow {
  const { prompt } = parseRow(zPromptRow, object, where);
  const rest = Object.entries(object).filter(([key]) => !OF_ANSWERS.has(key));
  const { label: given } = object;
  const isText = typeof given === "string" || typeof given === "number";
  return {
    where,
    prompt,
    ...(isText && { label: String(given) }),
    fields: Object.fromEntries(rest),
  };
}

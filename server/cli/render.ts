import type { Message, Text } from "../domain/formats/text";
import type { Tokenizer } from "../ml/text/tokenizer";

/** The part of a tokenizer that writes conversations as text. */
export type ChatRenderer = Pick<Tokenizer, "renderChat" | "eosId" | "tokenOf">;

/** A prompt and a completion as plain text: prompt + completion is what a model reads. */
export interface Rendered {
  readonly prompt: string;
  readonly completion: string;
}

/**
 * A prompt as text, ready to be continued: a conversation by the tokenizer's chat template with
 * the assistant's turn opened, or its own last turn left open where that is the assistant's.
 */
export function renderPrompt(prompt: Text, tokenizer: ChatRenderer): string {
  if (typeof prompt === "string") return prompt;
  if (prompt.length === 0) return "";
  return prompt.at(-1)?.role === "assistant"
    ? tokenizer.renderChat(prompt, { continueFinalMessage: true })
    : tokenizer.renderChat(prompt, { addGenerationPrompt: true });
}

/**
 * A prompt with its completion, split where the template opens the completion's turn. Where one
 * side is a conversation and the other text, the text is the assistant's turn (or the user's).
 */
export function renderPair(prompt: Text, completion: Text, tokenizer: ChatRenderer): Rendered {
  if (typeof prompt === "string" && typeof completion === "string") return { prompt, completion };
  const before = typeof prompt === "string" ? userTurn(prompt) : prompt;
  const after: Message[] =
    typeof completion === "string" ? [{ role: "assistant", content: completion }] : completion;
  const opened = renderPrompt(before, tokenizer);
  const whole = upToEos(tokenizer.renderChat([...before, ...after]), tokenizer);
  if (whole.startsWith(opened)) return { prompt: opened, completion: whole.slice(opened.length) };
  // A template that writes the past otherwise than the present: split at what both begin with.
  let at = 0;
  while (at < opened.length && opened[at] === whole[at]) at += 1;
  return { prompt: whole.slice(0, at), completion: whole.slice(at) };
}

/** Templates put a line break after the token that ends a turn; what is generated stops at the token. */
function upToEos(text: string, tokenizer: ChatRenderer): string {
  const { eosId } = tokenizer;
  const eos = eosId === null ? null : tokenizer.tokenOf(eosId);
  const end = text.trimEnd();
  return eos !== null && end.endsWith(eos) ? end : text;
}

function userTurn(prompt: string): Message[] {
  return prompt === "" ? [] : [{ role: "user", content: prompt }];
}

import { Template } from "@huggingface/jinja";
import { AppError } from "../../domain/app-error";

export interface ChatMessage {
  role: string;
  content: string;
}

export interface ChatOptions {
  /** end with what opens the assistant's turn */
  addGenerationPrompt?: boolean;
  /** leave the last message open, to be continued */
  continueFinalMessage?: boolean;
}

/** Written into the tokenizers that we train: plain text, no token of its own (HH-RLHF's form). */
export const plainChatTemplate =
  "{% set names = {'user': 'Human', 'assistant': 'Assistant', 'system': 'System'} %}" +
  "{% for m in messages %}{{ '\\n\\n' ~ names[m.role] ~ ': ' ~ m.content }}{% endfor %}" +
  "{% if add_generation_prompt %}{{ '\\n\\nAssistant:' }}{% endif %}";

const parsed = new Map<string, Template>(); // templates are few, conversations many

/**
 * A conversation as text, as transformers' apply_chat_template does it: Jinja with trim_blocks and lstrip_blocks,
 * `raise_exception`, bos_token and eos_token.
 * @throws AppError bad-input when the template refuses the conversation or is broken
 */
export function renderChatTemplate(
  template: string,
  messages: readonly ChatMessage[],
  tokens: { bos: string; eos: string },
  options: ChatOptions,
): string {
  let text: string;
  try {
    const compiled = parsed.get(template) ?? new Template(template);
    parsed.set(template, compiled);
    text = compiled.render({
      messages,
      add_generation_prompt: options.addGenerationPrompt ?? false,
      bos_token: tokens.bos,
      eos_token: tokens.eos,
    });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError("bad-input", `The chat template refuses this conversation: ${why}`, {
      cause,
    });
  }
  return options.continueFinalMessage ? upToLastMessage(text, messages) : text;
}

/** Cuts what a template puts after the last message (its end token, line breaks). */
function upToLastMessage(text: string, messages: readonly ChatMessage[]): string {
  const last = messages.at(-1)?.content ?? "";
  const at = text.lastIndexOf(last.trim());
  if (at < 0) {
    throw new AppError(
      "bad-input",
      "The chat template changes the last message, so it cannot be continued. Use a template that writes it as it is.",
    );
  }
  // A template may trim the message: then trailing space is not in the text.
  const whole = last.trimStart();
  return text.slice(0, at + (text.startsWith(whole, at) ? whole.length : last.trim().length));
}

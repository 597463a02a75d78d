/** Text of a growing list of tokens. */
export interface TextStream {
  /** The text that this token completes; "" while a character is still open. */
  push(id: number): string;
  /** What was held back: bytes that never became a character, as U+FFFD. */
  end(): string;
}

const BROKEN = "\uFFFD";
const CONTEXT = 8; // prompt tokens kept in front, so that a leading space is not stripped

/**
 * A token's text depends on the tokens before it (a space that a decoder strips at the start, the bytes of one
 * character in several tokens), so each step decodes a short window without and with the new token.
 */
export function textStream(
  decode: (ids: readonly number[]) => string,
  prompt: readonly number[],
): TextStream {
  let window = lastTokens(decode, prompt);
  let told = window.length; // tokens of the window whose text has been given
  let toldText = decode(window);
  const take = (mayHold: boolean): string => {
    const text = decode(window);
    if (mayHold && text.endsWith(BROKEN)) return "";
    const fresh = text.slice(toldText.length);
    // The window restarts where text was last given, which is never within a character; a window without text
    // (special tokens only) would lose the space after it.
    const shorter = window.slice(told);
    const shorterText = decode(shorter);
    if (shorterText === "") toldText = text;
    else [window, toldText] = [shorter, shorterText];
    told = window.length;
    return fresh;
  };
  return {
    push(id) {
      window.push(id);
      return take(true);
    },
    end: () => (window.length > told ? take(false) : ""),
  };
}

/** The end of a prompt, from where a character begins. */
function lastTokens(decode: (ids: readonly number[]) => string, prompt: readonly number[]) {
  let start = prompt.length;
  do start = Math.max(0, start - CONTEXT);
  while (start > 0 && [BROKEN, ""].includes(decode(prompt.slice(start)).slice(0, 1)));
  return prompt.slice(start);
}

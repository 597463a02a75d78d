import type { Letter } from "@/server/domain/ranking";

/** Of the bar above every page, px. */
const header = 52;

/** Puts the keyboard on a completion; a long one comes to the top, to be read from there. */
export function focusOn(letter: Letter) {
  const handle = document.getElementById(`completion-${letter}`);
  handle?.focus({ preventScroll: true });
  const card = handle?.closest("[data-completion]");
  const tall = card !== null && card !== undefined && card.clientHeight > innerHeight / 2;
  const prompt = document.getElementById("prompt-title")?.closest("section");
  if (card instanceof HTMLElement && prompt) {
    // the prompt that stands above it must not cover it; one beside it does not
    const above = prompt.getBoundingClientRect().right > card.getBoundingClientRect().left;
    card.style.scrollMarginTop = above ? `${header + prompt.clientHeight + 8}px` : "";
  }
  card?.scrollIntoView({ block: tall ? "start" : "nearest" });
}

/** Answers of a few words can stand close and large; long ones need columns of text. */
export const isShort = (texts: readonly string[]) =>
  texts.every((text) => text.length <= 48 && !text.includes("\n"));

/** The others, beginning after one and going round. */
export const after = (letters: readonly Letter[], letter: Letter): Letter[] => {
  const at = letters.indexOf(letter);
  return [...letters.slice(at + 1), ...letters.slice(0, at)];
};

/** Who speaks in a prompt of several turns; null in one that is no conversation. */
export type Speaker = "user" | "assistant" | "system" | null;

export interface Turn {
  speaker: Speaker;
  text: string;
}

const speakers: Record<string, Speaker> = {
  human: "user",
  user: "user",
  assistant: "assistant",
  system: "system",
};
const opening = /(?:^|\n\n)(Human|User|Assistant|System): ?/gi;

/** The turns of a transcript ("Human: …", blank line, "Assistant: …"); any other prompt is one turn of nobody's. */
export function turnsOf(prompt: string): Turn[] {
  const text = prompt.trim();
  const starts = [...text.matchAll(opening)];
  if (starts[0]?.index !== 0) return [{ speaker: null, text: prompt }];
  return starts
    .map((start, index) => ({
      speaker: speakers[start[1].toLowerCase()],
      text: text.slice(start.index + start[0].length, starts[index + 1]?.index).trim(),
    }))
    .filter((turn, index, all) => turn.text !== "" || index < all.length - 1); // the last one is for the answer
}

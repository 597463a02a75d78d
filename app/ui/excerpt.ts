/** The first words of a text on one line, without the signs of markdown. */
export function excerpt(text: string, length = 240): string {
  const words = text
    .slice(0, 2 * length)
    .replace(/^[ \t]*(#{1,6}|[-*+>]|\d+\.)[ \t]+/gm, "")
    .replace(/[*_`|]+/g, "")
    .replace(/\s+/g, " ")
    .trim();
  return words.length > length ? `${words.slice(0, length)} …` : words;
}

import { diffArrays } from "diff";

/** A run of words of two texts: in both, or in one of them alone. */
export interface DiffPart {
  words: string;
  of: "both" | "left" | "right";
}

/** Longer than this the comparison of two texts would hold up the page. */
const patienceMs = 1000;
/** Cutting more characters than these into words alone would take that long. */
const mostCharacters = 400_000;

const wordsOf = (text: string, locale: string): string[] =>
  [...new Intl.Segmenter(locale, { granularity: "word" }).segment(text)].map(
    ({ segment }) => segment,
  );

/**
 * What two texts have in common, word by word, as the platform cuts words in any script; blanks and
 * signs are words too, so that nothing of either text is left out.
 * @returns null when the texts are too long and too different to be compared in reasonable time
 */
export function wordDiff(left: string, right: string, locale = "en"): DiffPart[] | null {
  if (left.length + right.length > mostCharacters) return null;
  const changes = diffArrays(wordsOf(left, locale), wordsOf(right, locale), {
    timeout: patienceMs,
  });
  return (
    changes?.map(({ value, added, removed }) => ({
      words: value.join(""),
      of: added ? "right" : removed ? "left" : "both",
    })) ?? null
  );
}

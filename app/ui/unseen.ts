/** What Unicode calls the characters that show nothing and yet change what is read. */
const abbreviations: Record<string, string> = {
  "\u00ad": "SHY",
  "\u061c": "ALM",
  "\u180e": "MVS",
  "\u200b": "ZWSP",
  "\u200c": "ZWNJ",
  "\u200d": "ZWJ",
  "\u200e": "LRM",
  "\u200f": "RLM",
  "\u2028": "LSEP",
  "\u2029": "PSEP",
  "\u202a": "LRE",
  "\u202b": "RLE",
  "\u202c": "PDF",
  "\u202d": "LRO",
  "\u202e": "RLO",
  "\u2060": "WJ",
  "\u2066": "LRI",
  "\u2067": "RLI",
  "\u2068": "FSI",
  "\u2069": "PDI",
  "\ufeff": "BOM",
};

/** A character that is not seen, by its name. */
export interface Unseen {
  name: string;
  code: string;
}

/** Marks of direction that right-to-left prose needs: shown, and left to work. */
const marks = new Set(["\u061c", "\u200e", "\u200f"]);

const unseen = new RegExp(
  [
    // control characters other than blank, tab and line ends; zero width; direction
    String.raw`[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]`,
    // joiners belong to Arabic, Indic scripts and emoji: elsewhere they hide
    String.raw`(?<=^|[\p{Script=Latin}\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Cyrillic}\p{Script=Greek}\p{N}\p{P}\p{Z}\u200b-\u200d])[\u200c\u200d]`,
    // tags belong to the flags of regions alone
    String.raw`(?<!\u{1F3F4}[\u{E0020}-\u{E007F}]*)[\u{E0001}-\u{E007F}]`,
  ].join("|"),
  "gu",
);

const codeOf = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;

/** A text in pieces: what is seen as it is, and what is not by name. */
export function withUnseen(text: string): (string | Unseen)[] {
  const pieces: (string | Unseen)[] = [];
  let at = 0;
  for (const match of text.matchAll(unseen)) {
    const [character] = match;
    if (match.index > at) pieces.push(text.slice(at, match.index));
    const code = codeOf(character);
    pieces.push({ name: abbreviations[character] ?? code, code });
    at = marks.has(character) ? match.index : match.index + character.length;
  }
  if (at < text.length || pieces.length === 0) pieces.push(text.slice(at));
  return pieces;
}

/** What a demonstration is looked at for: the script that it is written in, and whose words they are. */

/** ISO 15924, in the order in which they are looked for: kana says more than the Han characters beside it. */
const scripts = [
  ["Jpan", /[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 4],
  ["Kore", /\p{Script=Hangul}/gu, 1],
  ["Hani", /\p{Script=Han}/gu, 1],
  ["Latn", /\p{Script=Latin}/gu, 1],
  ["Cyrl", /\p{Script=Cyrillic}/gu, 1],
  ["Arab", /\p{Script=Arabic}/gu, 1],
  ["Deva", /\p{Script=Devanagari}/gu, 1],
  ["Grek", /\p{Script=Greek}/gu, 1],
  ["Hebr", /\p{Script=Hebrew}/gu, 1],
  ["Thai", /\p{Script=Thai}/gu, 1],
] as const;
export type Script = (typeof scripts)[number][0];

/** The script that most of a text is written in; null where it has no letters to tell by. */
export function scriptOf(text: string): Script | null {
  let [found, most]: [Script | null, number] = [null, 0];
  for (const [script, letters, weight] of scripts) {
    const count = (text.match(letters)?.length ?? 0) * weight;
    if (count > most) [found, most] = [script, count];
  }
  return found;
}

/** So many words in a row do not come together twice by chance. */
const run = 5;
/** Of fewer words nothing is concluded: short answers to one question are alike. */
const fewestWords = 20;

function runsOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/\p{Script=Han}|[\p{L}\p{N}]+/gu) ?? [];
  if (words.length < fewestWords) return new Set();
  return new Set(words.slice(run - 1).map((_, at) => words.slice(at, at + run).join(" ")));
}

/** Compares one text with many. */
export function sharedWords(text: string): (other: string) => number {
  const own = runsOf(text);
  return (other) => {
    if (own.size === 0) return 0;
    const theirs = runsOf(other);
    return [...own].filter((words) => theirs.has(words)).length / own.size;
  };
}

/** A template of an answer, to be filled in. */
export interface Template {
  readonly name: string;
  readonly text: string;
}

/** Templates as an admin writes them: each begins with a line "# name". What comes before the first has no name. */
export function templatesOf(text: string): Template[] {
  const templates: { name: string; lines: string[] }[] = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    const name = /^#[ \t]+(.+)$/.exec(line)?.[1].trim();
    if (name) templates.push({ name, lines: [] });
    else templates.at(-1)?.lines.push(line);
  }
  return templates.flatMap(({ name, lines }) => {
    const body = lines.join("\n").trim();
    return body === "" ? [] : [{ name, text: body }];
  });
}

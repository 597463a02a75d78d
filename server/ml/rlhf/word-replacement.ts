import { Random } from "../runtime/random";
import type { RankedExample, TextModel } from "./data";
import { encodePairs } from "./encode";
import type { EncodedRanking } from "./reward-graph";
import type { RunOptions } from "./step";

// one locale, so that a run is the same on every machine; other scripts are split by their own rules
const segmenter = new Intl.Segmenter("en", { granularity: "word" });

/** Below so many different words they are a task's own symbols, each of which decides. */
const FEWEST_WORDS = 100;

interface Piece {
  text: string;
  isWord: boolean;
}

/** A text as words and what stands between them; a sign that sticks to a word is part of it. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  for (const { segment } of segmenter.segment(text)) {
    const isSpace = /^\s+$/u.test(segment);
    const isSign = !isSpace && !/[\p{L}\p{N}]/u.test(segment);
    const last = pieces.at(-1);
    if (isSign && last?.isWord) last.text += segment;
    else pieces.push({ text: segment, isWord: !isSpace });
  }
  return pieces;
}

/** @param words to draw from, as often as they stand in the data @param share in [0, 1) */
export const replaceWords = (
  text: string,
  share: number,
  words: readonly string[],
  random: Random,
): string =>
  piecesOf(text)
    .map((piece) =>
      piece.isWord && random.uniform() < share ? words[random.below(words.length)] : piece.text,
    )
    .join("");

/** The words of all texts, as often as they stand there; each spelling is held once. */
function wordsOf(texts: readonly string[]): { words: string[]; spellings: number } {
  const known = new Map<string, string>();
  const words: string[] = [];
  for (const text of texts)
    for (const { text: word, isWord } of piecesOf(text)) {
      if (!isWord) continue;
      if (!known.has(word)) known.set(word, word);
      words.push(known.get(word)!);
    }
  return { words, spellings: known.size };
}

/** A batch of rankings as update `step` (from 0) learns from it. */
type Replacement = (batch: readonly EncodedRanking[], step: number) => Promise<EncodedRanking[]>;

/**
 * Puts other words in the place of a share of the completions', drawn by their frequency and anew at each
 * step, so that words of few rankings are not learnt by heart (unigram noising, Xie et al. 2017). Prompts
 * stay; so does a completion that would be longer than `maxLength` tokens with its prompt, and all where
 * the data have fewer than FEWEST_WORDS different words. The draws depend on seed, step and ranking alone:
 * a resumed run agrees.
 */
export function wordReplacement(
  model: TextModel,
  data: readonly RankedExample[],
  rankings: readonly EncodedRanking[],
  { share, maxLength, seed }: { share: number; maxLength: number; seed: number },
  { note }: Pick<RunOptions, "note">,
): Replacement {
  const asItIs: Replacement = async (batch) => [...batch];
  if (share === 0) return asItIs;
  const { words, spellings } = wordsOf(rankings.flatMap(({ index }) => data[index].completions));
  if (spellings < FEWEST_WORDS) {
    note?.(
      `the completions have only ${spellings} different words, which are taken as a task's own symbols: wordReplacement replaces none`,
    );
    return asItIs;
  }
  const draws = new Random(seed).fork("word replacement");
  return async (batch, step) => {
    const ofStep = draws.fork(step);
    const pairs = batch.flatMap(({ index }) => {
      const { prompt, completions } = data[index];
      const random = ofStep.fork(index);
      return completions.map((text) => ({
        prompt,
        completion: replaceWords(text, share, words, random),
      }));
    });
    const encoded = await encodePairs(
      model,
      pairs,
      { maxLength, overlong: "drop" },
      (i) => `replaced completion ${i + 1}`,
    );
    let next = 0;
    return batch.map((ranking) => ({
      ...ranking,
      rows: ranking.rows.map((ids) => encoded[next++]?.ids ?? ids),
    }));
  };
}

import { AppError } from "../../domain/app-error";
import { learnMerges } from "./bpe-merges";
import { plainChatTemplate } from "./chat-template";
import { makeTokenizer, type Tokenizer } from "./tokenizer";

/** GPT-2's way of cutting text into words, as the tokenizers library's ByteLevel does it. */
const WORDS = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;

export const END_OF_TEXT = "<|endoftext|>";
export const PAD = "<|pad|>";

/**
 * A byte-level BPE tokenizer (Radford et al. 2019) learned from texts. Every text round-trips, because all 256 bytes
 * are tokens; pad and eos are two tokens, as a reward model needs them; chats are written as plain Human/Assistant text.
 * @param options.vocab tokens in all; fewer when the texts have no more pairs to merge
 * @throws AppError bad-input when the vocabulary cannot hold the bytes, or there is no text
 */
export function trainByteLevelBpe(
  texts: Iterable<string>,
  options: { vocab: number; specials?: readonly string[] },
): Tokenizer {
  const specials = [...new Set([END_OF_TEXT, PAD, ...(options.specials ?? [])])];
  const least = specials.length + 256;
  if (!Number.isInteger(options.vocab) || options.vocab < least) {
    throw new AppError(
      "bad-input",
      `A byte-level tokenizer needs a vocabulary of at least ${least} (256 bytes and ${specials.length} special tokens), got ${options.vocab}. Ask for ${least} or more.`,
    );
  }
  const alphabet = byteAlphabet();
  const inOrder = alphabet.toSorted((a, b) => a.codePointAt(0)! - b.codePointAt(0)!);
  const tokens = [...specials, ...inOrder];
  const idOfByte = alphabet.map((char) => specials.length + inOrder.indexOf(char));
  const words = countWords(texts).map(([word, count]) => ({
    ids: Array.from(Buffer.from(word, "utf8"), (byte) => idOfByte[byte]),
    count,
  }));
  if (words.length === 0) {
    throw new AppError(
      "bad-input",
      "There is no text to learn a tokenizer from. Give files that hold text.",
    );
  }
  const merges = learnMerges(words, tokens.length, options.vocab - least);
  const pairs: [string, string][] = [];
  for (const { left, right } of merges) {
    pairs.push([tokens[left], tokens[right]]);
    tokens.push(tokens[left] + tokens[right]);
  }
  const byteLevel = {
    type: "ByteLevel",
    add_prefix_space: false,
    trim_offsets: false,
    use_regex: true,
  };
  const json = {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: specials.map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: null,
    pre_tokenizer: byteLevel,
    post_processor: byteLevel,
    decoder: byteLevel,
    model: {
      type: "BPE",
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      merges: pairs,
    },
  };
  const config = {
    tokenizer_class: "PreTrainedTokenizerFast",
    bos_token: END_OF_TEXT,
    eos_token: END_OF_TEXT,
    pad_token: PAD,
    clean_up_tokenization_spaces: false,
    chat_template: plainChatTemplate,
  };
  const files = { config, specialTokensMap: null, chatTemplateFile: null, modelIds: {} };
  return makeTokenizer(
    { ...files, json: `${JSON.stringify(json, null, 1)}\n` },
    "the new tokenizer",
  );
}

function countWords(texts: Iterable<string>): [string, number][] {
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const [word] of text.matchAll(WORDS)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts];
}

/** GPT-2's visible character for each of the 256 bytes: itself where it is printable, else from U+0100 on. */
function byteAlphabet(): string[] {
  let next = 256;
  const printable = (byte: number) =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  return Array.from({ length: 256 }, (_, byte) =>
    String.fromCodePoint(printable(byte) ? byte : next++),
  );
}

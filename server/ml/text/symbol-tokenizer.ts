import { AppError } from "../../domain/app-error";
import { makeTokenizer, type Tokenizer } from "./tokenizer";

/** The special tokens of a symbol tokenizer; their ids are their places. */
export const symbolSpecials = {
  pad: "<|pad|>",
  bos: "<|bos|>",
  eos: "<|eos|>",
  unk: "<|unk|>",
} as const;

/**
 * A tokenizer with one token a character, for tasks over a small alphabet (sorting digits, say). Ids: pad 0, bos 1,
 * eos 2, unk 3, then the characters in the order given; other characters become unk. Nothing is added to a text.
 * @param symbols the alphabet as one text, each character once @throws AppError bad-input when one is there twice
 */
export function symbolTokenizer(symbols: string): Tokenizer {
  const characters = Array.from(symbols);
  const twice = characters.find((character, i) => characters.indexOf(character) !== i);
  if (twice !== undefined || characters.length === 0) {
    throw new AppError(
      "bad-input",
      twice === undefined
        ? "A symbol tokenizer needs at least one symbol."
        : `The symbol ${JSON.stringify(twice)} is given twice. Give each once.`,
    );
  }
  const specials = Object.values(symbolSpecials);
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
    pre_tokenizer: {
      type: "Split",
      pattern: { Regex: String.raw`[\s\S]` },
      behavior: "Isolated",
      invert: false,
    },
    post_processor: null,
    decoder: { type: "Fuse" },
    model: {
      type: "WordLevel",
      vocab: Object.fromEntries([...specials, ...characters].map((token, id) => [token, id])),
      unk_token: symbolSpecials.unk,
    },
  };
  const config = {
    tokenizer_class: "PreTrainedTokenizerFast",
    bos_token: symbolSpecials.bos,
    eos_token: symbolSpecials.eos,
    pad_token: symbolSpecials.pad,
    unk_token: symbolSpecials.unk,
    clean_up_tokenization_spaces: false,
  };
  const files = { config, specialTokensMap: null, chatTemplateFile: null, modelIds: {} };
  return makeTokenizer(
    { ...files, json: `${JSON.stringify(json, null, 1)}\n` },
    "the symbol tokenizer",
  );
}

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Tokenizer as NativeTokenizer } from "tokenizers";
import { AppError } from "../../domain/app-error";
import { type ChatMessage, type ChatOptions, renderChatTemplate } from "./chat-template";
import { type TextStream, textStream } from "./text-stream";
import {
  chatTemplateOf,
  fingerprintOf,
  namedToken,
  padOnly,
  type Role,
  type TokenizerFiles,
  type TokenizerJson,
  zTokenizerJson,
} from "./tokenizer-files";

/** Text to ids and back, as tokenizer.json says. Encoding is asynchronous: it runs on the native library's threads. */
export interface Tokenizer {
  /** Ids of one text. @param options.specials false leaves out what the post-processor adds (a bos in front, say) */
  encode(text: string, options?: { specials?: boolean }): Promise<number[]>;
  /** Ids of many texts, in parallel natively: the way to encode a dataset. */
  encodeAll(texts: readonly string[], options?: { specials?: boolean }): Promise<number[][]>;
  /** Text of ids, without special tokens unless asked; bytes that are no UTF-8 become U+FFFD. Ids outside the vocabulary are skipped. */
  decode(ids: Iterable<number>, options?: { keepSpecials?: boolean }): string;
  /** The text that `ids` add after `prompt`: decoding them alone may lose a leading space. */
  decodeAfter(prompt: readonly number[], ids: readonly number[]): string;
  /** Text as it grows token by token, never ending within a character. */
  stream(prompt?: readonly number[]): TextStream;
  idOf(token: string): number | null;
  tokenOf(id: number): string | null;
  isSpecial(id: number): boolean;
  /** Highest id + 1: what a model's vocabulary must at least hold. */
  readonly vocabSize: number;
  readonly bosId: number | null;
  readonly eosId: number | null;
  readonly padId: number | null;
  readonly unkId: number | null;
  readonly hasChatTemplate: boolean;
  /** A conversation as one text, by the folder's template; encode it with `specials: false`. */
  renderChat(messages: readonly ChatMessage[], options?: ChatOptions): string;
  /** Same for any two tokenizers that encode every text alike (a pad token aside). */
  readonly fingerprint: string;
  /** The same tokenizer with a pad token; a token that it does not have is added at `id`. */
  withPad(token: string, id: number): Tokenizer;
  /** Writes tokenizer.json and its companions into an existing or new folder. */
  save(dir: string): Promise<void>;
}

const BULK = 2048; // texts in one native call: bounds the encodings held at once

/** @param where the folder or file, for messages @throws AppError bad-input when the files make no tokenizer */
export function makeTokenizer(files: TokenizerFiles, where: string): Tokenizer {
  return new FolderTokenizer(files, where);
}

class FolderTokenizer implements Tokenizer {
  readonly vocabSize: number;
  readonly bosId: number | null;
  readonly eosId: number | null;
  readonly padId: number | null;
  readonly unkId: number | null;
  readonly fingerprint: string;
  private readonly native: NativeTokenizer;
  private readonly decoder: { decode(tokens: string[]): string } | null;
  private readonly specials: ReadonlySet<number>;
  private readonly json: TokenizerJson;

  constructor(
    private readonly files: TokenizerFiles,
    private readonly where: string,
  ) {
    try {
      this.json = zTokenizerJson.parse(JSON.parse(files.json));
      this.native = NativeTokenizer.fromString(files.json);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new AppError(
        "bad-input",
        `${where}: tokenizer.json is not a tokenizer that the tokenizers library can read (${why}). Save it again with tokenizer.save(), or fetch the file anew.`,
        { cause },
      );
    }
    // A file may ask for truncation or padding: text must come through whole and alone.
    this.native.disableTruncation();
    this.native.disablePadding();
    this.decoder = this.native.getDecoder();
    const ids = Object.values(this.native.getVocab(true));
    this.vocabSize = ids.reduce((highest, id) => Math.max(highest, id), -1) + 1;
    [this.bosId, this.eosId, this.padId, this.unkId] = (["bos", "eos", "pad", "unk"] as const).map(
      (role) => this.roleId(role),
    ) as [number | null, number | null, number | null, number | null];
    const named = [this.bosId, this.eosId, this.padId, this.unkId].filter((id) => id !== null);
    this.specials = new Set([
      ...this.json.added_tokens.filter(({ special }) => special).map(({ id }) => id),
      ...named,
    ]);
    this.fingerprint = fingerprintOf(this.json, padOnly(files));
  }

  private roleId(role: Role): number | null {
    const token = namedToken(this.files, role);
    if (token === null) return this.files.modelIds[role] ?? null;
    return this.idOf(token) ?? this.files.modelIds[role] ?? null;
  }

  async encode(text: string, options: { specials?: boolean } = {}): Promise<number[]> {
    const addSpecialTokens = options.specials ?? true;
    return (await this.native.encode(text, null, { addSpecialTokens })).getIds();
  }

  async encodeAll(texts: readonly string[], options: { specials?: boolean } = {}) {
    const addSpecialTokens = options.specials ?? true;
    const ids: number[][] = [];
    for (let start = 0; start < texts.length; start += BULK) {
      const some = texts.slice(start, start + BULK);
      const encodings = await this.native.encodeBatch(some, { addSpecialTokens });
      for (const encoding of encodings) ids.push(encoding.getIds());
    }
    return ids;
  }

  decode(ids: Iterable<number>, options: { keepSpecials?: boolean } = {}): string {
    const tokens: string[] = [];
    for (const id of ids) {
      // By id, not by the library's skip_special_tokens, which misses added tokens marked normalized.
      if (!options.keepSpecials && this.specials.has(id)) continue;
      const token = this.native.idToToken(id);
      if (token !== null) tokens.push(token);
    }
    return this.decoder === null ? tokens.join(" ") : this.decoder.decode(tokens);
  }

  decodeAfter(prompt: readonly number[], ids: readonly number[]): string {
    const stream = this.stream(prompt);
    return ids.map((id) => stream.push(id)).join("") + stream.end();
  }

  stream(prompt: readonly number[] = []): TextStream {
    return textStream((ids) => this.decode(ids), prompt);
  }

  idOf(token: string): number | null {
    return this.native.tokenToId(token);
  }

  tokenOf(id: number): string | null {
    return this.native.idToToken(id);
  }

  isSpecial(id: number): boolean {
    return this.specials.has(id);
  }

  get hasChatTemplate(): boolean {
    return chatTemplateOf(this.files) !== null;
  }

  renderChat(messages: readonly ChatMessage[], options: ChatOptions = {}): string {
    const template = chatTemplateOf(this.files);
    if (template === null) {
      throw new AppError(
        "bad-input",
        `${this.where}: the tokenizer has no chat template, so conversations cannot be written as text. Add chat_template to tokenizer_config.json, or give prompt and completion as text.`,
      );
    }
    const bos = namedToken(this.files, "bos") ?? "";
    const eos = namedToken(this.files, "eos") ?? "";
    return renderChatTemplate(template, messages, { bos, eos }, options);
  }

  withPad(token: string, id: number): Tokenizer {
    const known = this.idOf(token);
    if (known !== null && known !== id) {
      throw new AppError(
        "bad-input",
        `${this.where}: the pad token ${token} already has id ${known}, not ${id}.`,
      );
    }
    const { files } = this;
    const added = {
      id,
      content: token,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    };
    const raw = JSON.parse(files.json) as { added_tokens?: unknown[] | null };
    const json =
      known === null
        ? JSON.stringify({ ...raw, added_tokens: [...(raw.added_tokens ?? []), added] }, null, 2)
        : files.json;
    const config = { ...files.config, pad_token: token };
    if (known === null && config.added_tokens_decoder) {
      const { id: _, ...entry } = added;
      config.added_tokens_decoder = { ...config.added_tokens_decoder, [id]: entry };
    }
    const specialTokensMap = files.specialTokensMap && {
      ...files.specialTokensMap,
      pad_token: token,
    };
    return makeTokenizer({ ...files, json, config, specialTokensMap }, this.where);
  }

  async save(dir: string): Promise<void> {
    await mkdir(dir, { recursive: true });
    const { files } = this;
    const write = (name: string, text: string | null) =>
      text === null ? Promise.resolve() : writeFile(join(dir, name), text);
    await write("tokenizer.json", files.json);
    await write("tokenizer_config.json", pretty(files.config));
    await write(
      "special_tokens_map.json",
      files.specialTokensMap && pretty(files.specialTokensMap),
    );
    await write("chat_template.jinja", files.chatTemplateFile);
  }
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { renderChatTemplate } from "../ml/text/chat-template";
import { loadTokenizer } from "../ml/text/load-tokenizer";
import type { Tokenizer } from "../ml/text/tokenizer";
import { Mismatch } from "./case";
import { hasKeys, type JsonChecker, listOf, type Place } from "./checker";
import { expectSame } from "./close";
import { resolveReference } from "./files";

interface TextCase {
  readonly group: string;
  readonly text: string;
  readonly ids: number[];
  readonly ids_without_added_specials: number[];
  readonly decoded: string;
  readonly decoded_skip_special: string;
}
interface DecodeCase {
  readonly ids: number[];
  readonly decoded?: string;
  readonly decoded_skip_special?: string;
  readonly decoded_prefixes?: string[];
}
interface TokenizerVectors {
  readonly tokenizer?: string;
  readonly cases: TextCase[];
  readonly decode: DecodeCase[];
  readonly chat?: { messages: Message[]; ids: number[]; rendered: string };
}
interface Message {
  role: string;
  content: string;
}

/** Token ids and decoded text. */
export const tokenizerChecker: JsonChecker = {
  matches: (value) => hasKeys(value, "cases", "decode"),
  async run(cases, place, value) {
    const vectors = value as TokenizerVectors;
    const tokenizer = await loadTokenizer(await tokenizerFolder(place, vectors.tokenizer));
    for (const [i, one] of vectors.cases.entries()) {
      await cases.check(`${place.name} text ${i + 1} (${one.group})`, () => text(tokenizer, one));
    }
    for (const [i, one] of vectors.decode.entries()) {
      await cases.check(`${place.name} decode ${i + 1}`, () => decode(tokenizer, one));
    }
    const { chat } = vectors;
    if (chat === undefined) return;
    await cases.check(`${place.name} chat`, async () => {
      const both = [true, false].map((addGenerationPrompt) =>
        tokenizer.renderChat(chat.messages, { addGenerationPrompt }),
      );
      if (!both.includes(chat.rendered)) expectSame("rendered", both[0], chat.rendered);
      expectSame("ids", await tokenizer.encode(chat.rendered, { specials: false }), chat.ids);
    });
  },
};

async function text(tokenizer: Tokenizer, one: TextCase): Promise<void> {
  expectSame("ids", await tokenizer.encode(one.text), one.ids);
  const plain = await tokenizer.encode(one.text, { specials: false });
  expectSame("ids without specials", plain, one.ids_without_added_specials);
  expectSame("decoded", tokenizer.decode(plain, { keepSpecials: true }), one.decoded);
  expectSame("without specials", tokenizer.decode(plain), one.decoded_skip_special);
}

function decode(tokenizer: Tokenizer, one: DecodeCase): void {
  const { ids, decoded, decoded_skip_special, decoded_prefixes } = one;
  if (decoded !== undefined) {
    expectSame("decoded", tokenizer.decode(ids, { keepSpecials: true }), decoded);
  }
  if (decoded_skip_special !== undefined) {
    expectSame("without specials", tokenizer.decode(ids), decoded_skip_special);
  }
  if (decoded_prefixes === undefined) return;
  const got = ids.map((_, i) => tokenizer.decode(ids.slice(0, i + 1), { keepSpecials: true }));
  expectSame("after each id", got, decoded_prefixes);
}

/** The folder that the file names, else the one of its own name, else the only one beside it. */
async function tokenizerFolder(place: Place, reference?: string): Promise<string> {
  if (reference !== undefined) {
    const found = resolveReference(place.folder, reference);
    return path.extname(found) === ".json" ? path.dirname(found) : found;
  }
  const own = path.basename(place.file, ".json");
  const beside = place.folder.folders.filter((name) =>
    existsSync(path.join(place.folder.dir, name, "tokenizer.json")),
  );
  const name = beside.includes(own) ? own : beside[0];
  if (name === undefined) throw new Mismatch("no folder with a tokenizer.json beside it");
  return path.join(place.folder.dir, name);
}

interface TemplateCase {
  readonly chat: string;
  readonly messages: Message[];
  readonly add_generation_prompt?: boolean;
  readonly continue_final_message?: boolean;
  readonly rendered?: string;
  readonly error?: string;
}

/** Chat templates: NAME.json has what NAME.jinja renders. */
export const templateChecker: JsonChecker = {
  matches: (value) =>
    hasKeys(value, "bos_token", "eos_token", "cases") &&
    listOf((value as { cases: unknown }).cases, "messages"),
  async run(cases, { folder, file, name }, value) {
    const {
      bos_token,
      eos_token,
      cases: all,
    } = value as {
      bos_token: string;
      eos_token: string;
      cases: TemplateCase[];
    };
    const source = path.join(folder.dir, file.replace(/json$/, "jinja"));
    const template = await readFile(source, "utf8");
    for (const [i, one] of all.entries()) {
      await cases.check(`${name} ${i + 1} (${one.chat})`, () => {
        const render = () =>
          renderChatTemplate(
            template,
            one.messages,
            { bos: bos_token, eos: eos_token },
            {
              addGenerationPrompt: one.add_generation_prompt,
              continueFinalMessage: one.continue_final_message,
            },
          );
        if (one.error === undefined) expectSame("rendered", render(), one.rendered);
        else expectRefusal(render);
      });
    }
  },
};

function expectRefusal(render: () => string): void {
  let text: string;
  try {
    text = render();
  } catch {
    return;
  }
  throw new Mismatch(`rendered ${JSON.stringify(text)} where the template refuses`);
}

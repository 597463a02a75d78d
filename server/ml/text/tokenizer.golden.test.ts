import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type ChatMessage, renderChatTemplate } from "./chat-template";
import { loadTokenizer } from "./load-tokenizer";

const shared = process.env["GOLDEN_DIR"] ?? join(import.meta.dirname, "../../../../shared/golden");
const folder = join(shared, "text");
const json = (name: string) => JSON.parse(readFileSync(join(folder, name), "utf8"));

interface EncodeCase {
  text: string;
  ids: number[];
  ids_without_added_specials: number[];
  decoded: string;
  decoded_skip_special: string;
}
interface TemplateCase {
  messages: ChatMessage[];
  add_generation_prompt?: boolean;
  continue_final_message?: boolean;
  rendered?: string;
  error?: string;
}
type DecodeCase =
  | { ids: number[]; decoded: string; decoded_skip_special: string }
  | { ids: number[]; text: string; decoded_prefixes: string[] };

describe.skipIf(!existsSync(folder))("text against the reference", () => {
  test.each([
    ["bpe.json", join(folder, "bpe")],
    ["tinystories.json", join(shared, "../models/TinyStories-656K")],
  ])("%s", async (name, dir) => {
    const reference = json(name) as { cases: EncodeCase[]; decode: DecodeCase[] };
    const tokenizer = await loadTokenizer(dir);
    const texts = reference.cases.map(({ text }) => text);
    const plain = await tokenizer.encodeAll(texts, { specials: false });
    expect(await tokenizer.encodeAll(texts)).toEqual(reference.cases.map(({ ids }) => ids));
    for (const [i, example] of reference.cases.entries()) {
      expect(plain[i]).toEqual(example.ids_without_added_specials);
      expect(await tokenizer.encode(example.text)).toEqual(example.ids);
      expect(tokenizer.decode(plain[i])).toBe(example.decoded_skip_special);
      expect(tokenizer.decode(plain[i], { keepSpecials: true })).toBe(example.decoded);
      const stream = tokenizer.stream();
      const streamed = plain[i].map((id) => stream.push(id)).join("") + stream.end();
      expect(streamed).toBe(example.decoded_skip_special);
    }
    const whole = reference.decode.filter((example) => "decoded" in example);
    expect(whole.map(({ ids }) => tokenizer.decode(ids, { keepSpecials: true }))).toEqual(
      whole.map(({ decoded }) => decoded),
    );
    expect(whole.map(({ ids }) => tokenizer.decode(ids))).toEqual(
      whole.map((example) => example.decoded_skip_special),
    );
    const growing = reference.decode.filter((example) => "decoded_prefixes" in example);
    const prefixes = growing.map(({ ids }) =>
      ids.map((_, i) => tokenizer.decode(ids.slice(0, i + 1), { keepSpecials: true })),
    );
    expect(prefixes).toEqual(growing.map((example) => example.decoded_prefixes));
  });

  test("bpe chat template renders and encodes", async () => {
    const { chat } = json("bpe.json");
    const tokenizer = await loadTokenizer(join(folder, "bpe"));
    const text = tokenizer.renderChat(chat.messages, { addGenerationPrompt: true });
    expect(text).toBe(chat.rendered);
    expect(await tokenizer.encode(text, { specials: false })).toEqual(chat.ids);
  });

  test.each(["chatml", "chatml-default-system", "headers", "human-assistant", "inst", "zephyr"])(
    "template %s",
    (name) => {
      const template = readFileSync(join(folder, `templates/${name}.jinja`), "utf8");
      const reference = json(`templates/${name}.json`);
      const tokens = { bos: reference.bos_token, eos: reference.eos_token };
      const render = (example: TemplateCase) => {
        const options = {
          addGenerationPrompt: example.add_generation_prompt ?? false,
          continueFinalMessage: example.continue_final_message ?? false,
        };
        return renderChatTemplate(template, example.messages, tokens, options);
      };
      const cases = reference.cases as TemplateCase[];
      const [refused, rendered] = [cases.filter((c) => c.error), cases.filter((c) => !c.error)];
      expect(rendered.map(render)).toEqual(rendered.map((example) => example.rendered));
      for (const example of refused) expect(() => render(example)).toThrow(example.error);
    },
  );
});

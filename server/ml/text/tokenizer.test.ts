import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadTokenizer } from "./load-tokenizer";
import { symbolTokenizer } from "./symbol-tokenizer";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "revealed-text-"));
});
afterEach(() => rm(dir, { recursive: true }));

const change = async (name: string, edit: (json: Record<string, unknown>) => unknown) => {
  const file = join(dir, name);
  const json = JSON.parse(await readFile(file, "utf8"));
  await writeFile(file, JSON.stringify(edit(json) ?? json));
};

describe("a symbol tokenizer", () => {
  const sorter = symbolTokenizer("0123456789 \n:sort");

  test("has one token a character, and unk for others", async () => {
    expect(await sorter.encode("sort: 10\n!")).toEqual([17, 18, 19, 20, 16, 14, 5, 4, 15, 3]);
    expect(sorter.vocabSize).toBe(21);
    expect([sorter.padId, sorter.bosId, sorter.eosId, sorter.unkId]).toEqual([0, 1, 2, 3]);
  });

  test("decodes without specials unless asked; ids beyond the vocabulary are skipped", async () => {
    const ids = [1, ...(await sorter.encode("42<|eos|>")), 0, 99];
    expect(sorter.decode(ids)).toBe("42");
    expect(sorter.decode(ids, { keepSpecials: true })).toBe("<|bos|>42<|eos|><|pad|>");
  });

  test("encodes many as it encodes each", async () => {
    const texts = Array.from({ length: 5000 }, (_, i) => `sort: ${i}`);
    const all = await sorter.encodeAll(texts);
    expect(all[4321]).toEqual(await sorter.encode(texts[4321]));
    expect(all).toHaveLength(5000);
  });

  test("refuses a symbol given twice", () => {
    expect(() => symbolTokenizer("0120")).toThrow(/"0" is given twice/);
  });
});

describe("a folder", () => {
  beforeEach(() => symbolTokenizer("abc ").save(dir));

  test("never truncates or pads, whatever tokenizer.json asks for", async () => {
    await change("tokenizer.json", (json) => {
      json["truncation"] = {
        max_length: 2,
        strategy: "LongestFirst",
        stride: 0,
        direction: "Right",
      };
      json["padding"] = {
        strategy: { Fixed: 9 },
        direction: "Right",
        pad_to_multiple_of: null,
        pad_id: 0,
        pad_type_id: 0,
        pad_token: "<|pad|>",
      };
    });
    expect(await (await loadTokenizer(dir)).encode("abca")).toEqual([4, 5, 6, 4]);
  });

  test("keeps its fingerprint when reformatted, and loses it when tokens change", async () => {
    const { fingerprint } = await loadTokenizer(dir);
    await change("tokenizer.json", (json) => Object.fromEntries(Object.entries(json).toReversed()));
    expect((await loadTokenizer(dir)).fingerprint).toBe(fingerprint);
    await change("tokenizer.json", (json) => {
      const model = json["model"] as { vocab: Record<string, number> };
      [model.vocab["a"], model.vocab["b"]] = [5, 4];
    });
    expect((await loadTokenizer(dir)).fingerprint).not.toBe(fingerprint);
  });

  test("takes ids from config.json where the tokenizer names no token", async () => {
    await change("tokenizer_config.json", () => ({}));
    await writeFile(
      join(dir, "config.json"),
      JSON.stringify({ eos_token_id: [2, 3], pad_token_id: 0 }),
    );
    const tokenizer = await loadTokenizer(dir);
    expect([tokenizer.bosId, tokenizer.eosId, tokenizer.padId]).toEqual([null, 2, 0]);
  });

  test("a template in a file of its own comes first, and is kept", async () => {
    await change("tokenizer_config.json", (json) => ({ ...json, chat_template: "old" }));
    await writeFile(join(dir, "chat_template.jinja"), "{{ messages[0].content }}{{ eos_token }}");
    const tokenizer = await loadTokenizer(dir);
    await rm(join(dir, "chat_template.jinja"));
    await tokenizer.save(dir);
    const again = await loadTokenizer(dir);
    expect(again.renderChat([{ role: "user", content: "abc" }])).toBe("abc<|eos|>");
  });

  test("a pad token can be added; the ids of texts stay", async () => {
    await change("tokenizer_config.json", (json) => ({ ...json, pad_token: "<|eos|>" }));
    const before = await loadTokenizer(dir);
    await before.withPad("[PAD]", before.vocabSize).save(dir);
    const after = await loadTokenizer(dir);
    expect([before.padId, after.padId, after.vocabSize]).toEqual([2, 8, 9]);
    expect(after.isSpecial(8)).toBe(true);
    expect(after.fingerprint).toBe(before.fingerprint);
  });

  test("broken files are named with what to do", async () => {
    expect(() => symbolTokenizer("a").renderChat([])).toThrow(/no chat template/);
    await writeFile(join(dir, "tokenizer_config.json"), "{");
    await expect(loadTokenizer(dir)).rejects.toThrow(
      /tokenizer_config\.json cannot be read.*Correct or remove/,
    );
    await writeFile(join(dir, "tokenizer.json"), '{"model": {}}');
    await rm(join(dir, "tokenizer_config.json"));
    await expect(loadTokenizer(dir)).rejects.toMatchObject({ code: "bad-input" });
    await rm(join(dir, "tokenizer.json"));
    await expect(loadTokenizer(dir)).rejects.toThrow(/has no tokenizer\.json/);
  });
});

test("text after a prompt keeps the space that decoding alone would strip", async () => {
  await symbolTokenizer("▁ab").save(dir);
  await change("tokenizer.json", (json) => {
    json["decoder"] = {
      type: "Sequence",
      decoders: [
        { type: "Replace", pattern: { String: "▁" }, content: " " },
        { type: "Fuse" },
        { type: "Strip", content: " ", start: 1, stop: 0 },
      ],
    };
  });
  const tokenizer = await loadTokenizer(dir);
  const [prompt, answer] = [
    [4, 5],
    [4, 6, 1, 4, 5],
  ]; // ▁a, ▁b<bos>▁a
  expect(tokenizer.decode(answer)).toBe("b a");
  expect(tokenizer.decodeAfter(prompt, answer)).toBe(" b a");
  expect(tokenizer.decodeAfter([1], answer)).toBe("b a");
});

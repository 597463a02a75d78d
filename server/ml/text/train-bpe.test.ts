import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert, asyncProperty, string } from "fast-check";
import { BPE, Tokenizer as NativeTokenizer, byteLevelPreTokenizer } from "tokenizers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadTokenizer } from "./load-tokenizer";
import { trainByteLevelBpe } from "./train-bpe";

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "revealed-bpe-"));
});
afterAll(() => rm(dir, { recursive: true }));

const words =
  "the cat sat on the mat and then the rat, 같은 말, naïve café; it's 1234 12 2 times\n".repeat(3);
const texts = [words, "The   rain\tin Spain 😀😀 stays mainly; don't they'll", words.slice(7, 60)];

test("makes the merges that the tokenizers library makes", async () => {
  const file = join(dir, "text.txt");
  await writeFile(file, texts.join(""));
  const native = new NativeTokenizer(BPE.empty());
  native.setPreTokenizer(byteLevelPreTokenizer(false, true));
  native.train([file]);
  native.save(join(dir, "native.json"));
  const theirs = await mergesIn("native.json");

  const tokenizer = trainByteLevelBpe([texts.join("")], { vocab: 100_000 });
  await tokenizer.save(dir);
  const ours = await mergesIn("tokenizer.json");
  expect(ours.length).toBeGreaterThan(70);
  expect(ours).toEqual(theirs);
  expect(tokenizer.vocabSize).toBe(258 + ours.length);
});

async function mergesIn(name: string): Promise<string[][]> {
  return JSON.parse(await readFile(join(dir, name), "utf8")).model.merges;
}

test("any text round-trips, as ids and as a stream, also from a saved folder", async () => {
  const trained = trainByteLevelBpe(texts, { vocab: 300 });
  expect(trained.vocabSize).toBe(300);
  await trained.save(dir);
  const loaded = await loadTokenizer(dir);
  expect(loaded.fingerprint).toBe(trained.fingerprint);
  await assert(
    asyncProperty(string({ unit: "binary" }), async (text) => {
      const ids = await loaded.encode(text);
      expect(loaded.decode(ids)).toBe(text);
      const stream = loaded.stream();
      expect(ids.map((id) => stream.push(id)).join("") + stream.end()).toBe(text);
    }),
    { numRuns: 200 },
  );
});

test("pad and eos are different tokens, and a chat is plain text", () => {
  const tokenizer = trainByteLevelBpe(texts, { vocab: 258 });
  expect([tokenizer.eosId, tokenizer.bosId, tokenizer.padId]).toEqual([0, 0, 1]);
  const chat = [{ role: "user", content: "Hi" }];
  expect(tokenizer.renderChat(chat, { addGenerationPrompt: true })).toBe(
    "\n\nHuman: Hi\n\nAssistant:",
  );
});

test("a vocabulary too small, or no text, says what to do", () => {
  expect(() => trainByteLevelBpe(texts, { vocab: 100 })).toThrow(/at least 258.*got 100/);
  expect(() => trainByteLevelBpe([""], { vocab: 300 })).toThrow(/no text/);
});

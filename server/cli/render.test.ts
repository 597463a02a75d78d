import { expect, test } from "vitest";
import { renderPair, renderPrompt } from "./render";

const plain = { eosId: null, tokenOf: () => null };
const tokenizer = {
  ...plain,
  renderChat: (
    messages: readonly { role: string; content: string }[],
    options: { addGenerationPrompt?: boolean; continueFinalMessage?: boolean } = {},
  ) => {
    const text = messages.map((m) => `<${m.role}>${m.content}</>`).join("");
    if (options.continueFinalMessage) return text.slice(0, -"</>".length);
    return options.addGenerationPrompt ? `${text}<assistant>` : text;
  },
};
const user = [{ role: "user", content: "q" }];

test("text stays as it is, spaces and all", () => {
  const pair = renderPair("The sky is", " blue. ", tokenizer);
  expect(pair).toEqual({ prompt: "The sky is", completion: " blue. " });
});

test("a conversation is split where the assistant's turn opens", () => {
  const answer = [{ role: "assistant", content: "a" }];
  expect(renderPair(user, answer, tokenizer)).toEqual({
    prompt: "<user>q</><assistant>",
    completion: "a</>",
  });
  expect(renderPair(user, "a", tokenizer).completion).toBe("a</>");
  expect(renderPair("q", answer, tokenizer).prompt).toBe("<user>q</><assistant>");
});

test("a prompt that ends with the assistant is continued", () => {
  const prompt = [...user, { role: "assistant", content: "Once upon" }];
  expect(renderPrompt(prompt, tokenizer)).toBe("<user>q</><assistant>Once upon");
});

test("a template that rewrites the past is split at the common beginning", () => {
  const forgetful = {
    ...plain,
    renderChat: (messages: readonly { role: string; content: string }[]) =>
      messages.length === 1 ? `[${messages[0].content}]` : `[${messages[0].content}]>x`,
  };
  const odd = {
    ...plain,
    renderChat: (m: readonly { content: string }[]) => (m.length === 1 ? "ab" : "ac!"),
  };
  expect(renderPair(user, "x", forgetful)).toEqual({ prompt: "[q]", completion: ">x" });
  expect(renderPair(user, "x", odd)).toEqual({ prompt: "a", completion: "c!" });
});

test("a completion ends with the token that ends a turn, as a generated one does", () => {
  const chatml = {
    eosId: 7,
    tokenOf: (id: number) => (id === 7 ? "<|im_end|>" : null),
    renderChat: (
      messages: readonly { role: string; content: string }[],
      options: { addGenerationPrompt?: boolean } = {},
    ) => {
      const turns = messages.map((m) => `<|im_start|>${m.role}\n${m.content}<|im_end|>\n`).join("");
      return options.addGenerationPrompt ? `${turns}<|im_start|>assistant\n` : turns;
    },
  };
  expect(renderPair(user, "a ", chatml)).toEqual({
    prompt: "<|im_start|>user\nq<|im_end|>\n<|im_start|>assistant\n",
    completion: "a <|im_end|>",
  });
});

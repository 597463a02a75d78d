import { z } from "zod";
import type { Locale } from "../../domain/locale";
import { forms } from "./ko-forms";
import { people } from "./ko-people";
import { runs } from "./ko-runs";
import { tasks } from "./ko-tasks";

/**
 * What services refuse with, in Korean, by the English sentence: `{}` stands for what differs from time to time, `{1}`
 * for the first of these, `{~1}` for the first put into Korean itself, where it is a word of this catalogue.
 */
export const korean: Readonly<Record<string, string>> = { ...people, ...tasks, ...runs, ...forms };

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** Sentences with something that differs, the most particular first. */
const patterns = Object.entries(korean)
  .filter(([english]) => english.includes("{}"))
  .map(([english, own]) => {
    const pattern = new RegExp(`^${english.split("{}").map(escaped).join("(.*?)")}$`, "s");
    return { pattern, own, letters: english.length };
  })
  .sort((a, b) => b.letters - a.letters);

/** No sentence of ours is as long; what differs in it may be, and patterns would be slow on it. */
const longest = 4000;

/** A refusal in the language of whoever reads it; as it was where the catalogue has no words for it. */
export function inLanguage(sentence: string, locale: Locale): string {
  if (locale === "en") return sentence;
  const plain = korean[sentence];
  if (plain !== undefined) return plain;
  if (sentence.length > longest) return sentence;
  for (const { pattern, own } of patterns) {
    const found = pattern.exec(sentence);
    if (!found) continue;
    return own.replaceAll(/\{(~?)(\d)\}/g, (_, isWord: string, at: string) =>
      isWord ? inLanguage(found[Number(at)], locale) : found[Number(at)],
    );
  }
  return sentence;
}

const usual = { en: z.locales.en().localeError, ko: z.locales.ko().localeError };

const textOf = (message: ReturnType<typeof usual.en>): string | undefined =>
  typeof message === "string" ? message : message?.message;

/** What is wrong with an input, field by field, in a language: our own sentences, and those of zod. */
export function issuesIn(error: z.ZodError, locale: Locale): z.ZodError {
  if (locale === "en") return error;
  return new z.ZodError(
    error.issues.map((issue) => {
      const raw = issue as Parameters<typeof usual.en>[0];
      const isUsual = textOf(usual.en(raw)) === issue.message;
      const message = isUsual ? textOf(usual.ko(raw)) : inLanguage(issue.message, locale);
      return { ...issue, message: message ?? issue.message };
    }),
  );
}

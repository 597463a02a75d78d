import { expect, test } from "vitest";
import { catalogues, type Messages, type Wing } from "@/app/lib/i18n/catalogue";
import { formatMessage } from "@/app/lib/i18n/format";
import { localeFromHeader } from "@/server/domain/locale";

const wings = Object.keys(catalogues.en) as Wing[];
const names = (template: string) =>
  [...new Set([...template.matchAll(/\{(\w+)/g)].map((match) => match[1]))].sort();

test.each(wings)("%s: Korean has the keys of English, no more, and none is empty", (wing) => {
  const english = catalogues.en[wing];
  const korean = catalogues.ko[wing];
  expect(Object.keys(korean).sort()).toEqual(Object.keys(english).sort());
  const texts = [...Object.entries(english), ...Object.entries(korean)];
  expect(texts.filter(([, text]) => text.trim() === "")).toEqual([]);
});

test.each(wings)("%s: both languages fill the same values", (wing) => {
  const filled = (messages: Messages) =>
    Object.fromEntries(Object.entries(messages).map(([key, text]) => [key, names(text)]));
  expect(filled(catalogues.ko[wing])).toEqual(filled(catalogues.en[wing]));
});

test("no key belongs to two wings", () => {
  const keys = wings.flatMap((wing) => Object.keys(catalogues.en[wing]));
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});

test("numbers and plurals follow the language", () => {
  const template = "{count:# ranking|# rankings} by {name}";
  expect(formatMessage(template, { count: 1, name: "Ada" }, "en")).toBe("1 ranking by Ada");
  expect(formatMessage(template, { count: 1200, name: "Ada" }, "en")).toBe("1,200 rankings by Ada");
  expect(formatMessage("순위 {count}개", { count: 3 }, "ko")).toBe("순위 3개");
});

test("the browser's languages choose the first that the site speaks", () => {
  expect(localeFromHeader("fr-FR, ko-KR;q=0.8, en;q=0.6")).toBe("ko");
  expect(localeFromHeader("en-GB,en;q=0.9,ko;q=0.8")).toBe("en");
  expect(localeFromHeader("ko;q=0, de")).toBe("en");
  expect(localeFromHeader(null)).toBe("en");
});

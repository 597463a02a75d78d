import {
  array,
  assert,
  constantFrom,
  date,
  emailAddress,
  integer,
  oneof,
  pre,
  property,
  string,
  stringMatching,
  tuple,
} from "fast-check";
import { describe, expect, test } from "vitest";
import { isCard, isIban, masked, personalDataIn } from "./personal-data";

const told = (text: string) =>
  personalDataIn(text).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);

describe("what is found", () => {
  test.each([
    [
      "Write to ada.lovelace+hr@mail.example.co.kr, please.",
      "email ada.lovelace+hr@mail.example.co.kr",
    ],
    ["메일은 kim@example.com로 주세요", "email kim@example.com"],
    ["call 010-1234-5678 now", "phone 010-1234-5678"],
    ["사무실 02-123-4567입니다", "phone 02-123-4567"],
    ["내 번호 01012345678", "phone 01012345678"],
    ["070 1234 5678", "phone 070 1234 5678"],
    ["+82 10-1234-5678", "phone +82 10-1234-5678"],
    ["1588-1234", "phone 1588-1234"],
    ["(415) 555-2671 is hers", "phone (415) 555-2671"],
    ["+44 20 7946 0958", "phone +44 20 7946 0958"],
    ["주민번호 900101-1234568", "resident 900101-1234568"],
    ["card 4111 1111 1111 1111.", "card 4111 1111 1111 1111"],
    ["to DE89 3704 0044 0532 0130 00", "iban DE89 3704 0044 0532 0130 00"],
    ["born 210305-3000000", "resident 210305-3000000"],
  ])("%s", (text, expected) => {
    expect(told(text)).toEqual([expected]);
  });

  test("several, in order", () => {
    expect(told("a@b.io or 010-1234-5678 or c@d.org")).toEqual([
      "email a@b.io",
      "phone 010-1234-5678",
      "email c@d.org",
    ]);
  });
});

describe("what is none", () => {
  test.each([
    "sort: 3 1 4 1 5 9 2 6 5 3 5",
    "sort: 12 415 555 2671 4 010 22",
    "version 1.2.3.4 of 2024-01-05 10:30:00",
    "order 1234567890",
    "pi is 3.14159265358979323846",
    "@property def f(self): ...",
    "user@localhost and a@b",
    "ISBN 978-3-16-148410-0",
    "주민번호 900101-1234567", // its check digit is wrong
    "991399-1234567", // no such day
    "4111 1111 1111 1112", // Luhn says no
    "0000 0000 0000 0000",
    "DE89 3704 0044 0532 0130 01",
    "2 + 2 = 4, 1,000,000,000 people",
    "commit 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
  ])("%s", (text) => {
    expect(told(text)).toEqual([]);
  });
});

const digits = (length: number) =>
  array(integer({ min: 0, max: 9 }), { minLength: length, maxLength: length });
/** Text that no finding can begin or end in. */
const words = array(constantFrom("please", "write", "to", "오늘", "전화", "번호는", "and", "—"), {
  maxLength: 6,
}).map((all) => all.join(" "));
const residentNumber = tuple(
  date({ min: new Date("1900-01-01"), max: new Date("1999-12-31"), noInvalidDate: true }),
  constantFrom(1, 2),
  digits(5),
).map(([born, sex, rest]) => {
  const date = born.toISOString().slice(2, 10).replaceAll("-", "");
  const twelve = [...Array.from(date, Number), sex, ...rest];
  const sum = twelve.reduce(
    (all, digit, i) => all + digit * [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5][i],
    0,
  );
  return `${date}-${twelve.slice(6).join("")}${(11 - (sum % 11)) % 10}`;
});
const cardNumber = digits(14).map((rest) => {
  const fifteen = [4, ...rest];
  const check = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].find((last) => luhn([...fifteen, last]));
  return [...fifteen, check].join("").replace(/(\d{4})(?=\d)/g, "$1 ");
});
const luhn = (all: number[]) =>
  all
    .toReversed()
    .map((digit, i) => (i % 2 === 0 ? digit : Math.floor((digit * 2) / 10) + ((digit * 2) % 10)))
    .reduce((a, b) => a + b, 0) %
    10 ===
  0;
const mobile = digits(8).map((all) => `010-${all.slice(0, 4).join("")}-${all.slice(4).join("")}`);

describe("whatever stands around it", () => {
  test("an address is found and only the address", () => {
    const address = tuple(
      stringMatching(/^[a-z][a-z0-9_]{0,10}$/),
      stringMatching(/^[a-z]{2,8}\.(com|kr|org)$/),
    ).map(([user, domain]) => `${user}@${domain}`);
    assert(
      property(words, address, words, (before, one, after) => {
        expect(told(`${before} ${one} ${after}`)).toEqual([`email ${one}`]);
      }),
    );
  });

  test("a resident registration number with its check digit, and none with another digit", () => {
    assert(
      property(
        words,
        residentNumber,
        words,
        integer({ min: 1, max: 9 }),
        (before, one, after, off) => {
          expect(told(`${before} ${one} ${after}`)).toEqual([`resident ${one}`]);
          const wrong = one.slice(0, -1) + ((Number(one.at(-1)) + off) % 10);
          expect(told(`${before} ${wrong} ${after}`)).toEqual([]);
        },
      ),
    );
  });

  test("a card number with its check digit", () => {
    assert(
      property(cardNumber, (one) => {
        pre(new Set(one).size > 4);
        expect(isCard(one)).toBe(true);
        const wrong = one.slice(0, -1) + ((Number(one.at(-1)) + 1) % 10);
        expect(isCard(wrong)).toBe(false);
      }),
    );
  });

  test("a Korean mobile number", () => {
    assert(
      property(words, mobile, words, (before, one, after) => {
        pre(/^010-[2-9]/.test(one));
        expect(told(`${before} ${one} ${after}`)).toEqual([`phone ${one}`]);
      }),
    );
  });

  test("any two digits of an IBAN swapped are noticed", () => {
    expect(isIban("GB82 WEST 1234 5698 7654 32")).toBe(true);
    expect(isIban("GB82 WEST 1234 5698 7654 23")).toBe(false);
  });

  test("findings are in order, apart, inside the text; masked, nothing is found again", () => {
    const piece = oneof(
      string({ unit: "grapheme", maxLength: 12 }),
      mobile,
      residentNumber,
      cardNumber,
      emailAddress(),
    );
    assert(
      property(array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join(" ");
        const found = personalDataIn(text);
        let at = 0;
        for (const { start, end } of found) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          at = end;
        }
        expect(at).toBeLessThanOrEqual(text.length);
        expect(personalDataIn(masked(text, found))).toEqual([]);
      }),
    );
  });
});

test("a card beside an address that begins with digits is a card", () => {
  const text = "4000 0000 0000 0002 000a.a@a.aa";
  expect(masked(text, personalDataIn(text))).toBe("[CARD NUMBER] [EMAIL]");
});

test("a mask says what stood there and leaves the rest as it was", () => {
  const text = "Mail a@b.io or call 010-1234-5678.";
  expect(masked(text, personalDataIn(text))).toBe("Mail [EMAIL] or call [PHONE].");
});

test("20,000 characters made to be slow are read in one go", () => {
  for (const text of [
    "a@".repeat(10_000),
    "1 ".repeat(10_000),
    "a.".repeat(10_000),
    "+1-".repeat(6000),
  ])
    expect(personalDataIn(text).length).toBeLessThan(10_000);
});

import { findPhoneNumbersInText } from "libphonenumber-js/min";
import type { PersonalData, PersonalKind } from "./personal-kinds";

/**
 * E-mail addresses as WHATWG's `input type=email` has them, with a dot in the domain. RFC 5321 allows 64 characters
 * before the sign and 255 after; the bounds keep the search linear.
 */
const emails =
  /(?<![\w.!#$%&'*+/=?^`{|}~-])[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24}(?![a-z0-9-])/gi;
const residents = /(?<![\d-])(\d{2})(\d{2})(\d{2})[- ]?([0-9])(\d{6})(?![\d-])/g;
/** As they are printed, in groups of four or (American Express, Diners) of 4-6-5 and 4-6-4; or in one piece. */
const cards =
  /(?<![\d.-])(?:[2-6]\d{12,18}|[2-6]\d{3}(?:([ -])\d{4}(?:\1\d{4}){2}(?:\1\d{3})?|([ -])\d{6}\2\d{4,5}))(?![\d-]|\.\d)/g;
const ibans = /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?![A-Za-z0-9])/g;
/** Digits in a row that a telephone number could be made of. */
const manyDigits = /(?:\d[\s().-]*){7}/;

/**
 * E-mail addresses, telephone numbers (Korean, North American, and any other with its country's prefix), Korean
 * resident registration numbers, card numbers and IBANs, in order and without overlap.
 */
export function personalDataIn(text: string): PersonalData[] {
  const found: PersonalData[] = [];
  // what was found does not lend its digits to what stands beside it
  let rest = text;
  const add = (kind: PersonalKind, start: number, end: number) => {
    if (!found.some((other) => start < other.end && other.start < end))
      found.push({ kind, start, end });
    rest = rest.slice(0, start) + "[".repeat(end - start) + rest.slice(end);
  };
  const look = (
    kind: PersonalKind,
    pattern: RegExp,
    isOne: (match: RegExpExecArray) => boolean,
  ) => {
    for (const match of rest.matchAll(pattern))
      if (isOne(match)) add(kind, match.index, match.index + match[0].length);
  };
  if (text.includes("@")) look("email", emails, ([all]) => !all.includes("..") && all[0] !== ".");
  if (manyDigits.test(text)) {
    look("iban", ibans, ([all]) => isIban(all));
    look("resident", residents, isResident);
    look("card", cards, ([all]) => isCard(all));
    for (const { start, end } of phonesIn(rest)) add("phone", start, end);
  }
  return found.sort((a, b) => a.start - b.start);
}

/** ISO 13616: the country and check digits put last, letters as 10–35, the number leaves 1 when divided by 97. */
export function isIban(text: string): boolean {
  const plain = text.replaceAll(" ", "");
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(plain)) return false;
  const digits = (plain.slice(4) + plain.slice(0, 4)).replace(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  );
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}

/** ISO/IEC 7812: 13 to 19 digits with a check digit by Luhn, not the same digit all along. */
export function isCard(text: string): boolean {
  const digits = Array.from(text.replaceAll(/[ -]/g, ""), Number);
  if (digits.length < 13 || digits.length > 19 || new Set(digits).size < 2) return false;
  const sum = digits.reverse().reduce((all, digit, i) => {
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    return all + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

const weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
/** 1 and 2 for the 1900s, 3 and 4 for the 2000s, 5 to 8 alike for foreigners, 9 and 0 for the 1800s. */
const centuries = [1800, 1900, 1900, 2000, 2000, 1900, 1900, 2000, 2000, 1800];

/**
 * A date of birth, then seven digits of which the last checks the others. Numbers given since October 2020 have no
 * check digit, so those of children born since then are known by date and hyphen alone.
 */
function isResident(match: RegExpExecArray): boolean {
  const [all, year, month, day, century] = match;
  const born = new Date(
    Date.UTC(centuries[Number(century)] + Number(year), Number(month) - 1, Number(day)),
  );
  if (born.getUTCMonth() !== Number(month) - 1 || born.getUTCDate() !== Number(day)) return false;
  if (born.getTime() > Date.now()) return false;
  const digits = Array.from(all.replaceAll(/\D/g, ""), Number);
  const sum = weights.reduce((total, weight, i) => total + weight * digits[i], 0);
  // foreigners' numbers once had a check digit of their own, two further on
  const check = (11 - (sum % 11)) % 10;
  const isForeign = digits[6] >= 5 && digits[6] <= 8;
  if (digits[12] === check || (isForeign && digits[12] === (check + 2) % 10)) return true;
  return all.includes("-") && born.getTime() >= Date.UTC(2020, 9, 1);
}

/** How a number is written at home: without its country's prefix, other digits look the same. */
const writtenAs = {
  KR: /^\(?0\d{1,3}\)?[-. )]*\d{3,4}[-. ]*\d{4}$|^1[568]\d{2}[-. ]\d{4}$/,
  US: /^(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-.]\d{4}$/,
} as const;

function phonesIn(text: string): { start: number; end: number }[] {
  return (["KR", "US"] as const).flatMap((defaultCountry) =>
    findPhoneNumbersInText(text, { defaultCountry }).flatMap(({ startsAt, endsAt }) => {
      const written = text.slice(startsAt, endsAt);
      const isOne =
        /^(?:\+|00 ?[1-9]\d{0,2}[ .-])/.test(written) || writtenAs[defaultCountry].test(written);
      return isOne ? [{ start: startsAt, end: endsAt }] : [];
    }),
  );
}

const placeholders: Record<PersonalKind, string> = {
  email: "[EMAIL]",
  phone: "[PHONE]",
  resident: "[ID NUMBER]",
  card: "[CARD NUMBER]",
  iban: "[IBAN]",
};

/** The text with a neutral word in the place of each. @param found in order, as `personalDataIn` gives them */
export function masked(text: string, found: readonly PersonalData[]): string {
  let at = 0;
  let result = "";
  for (const { kind, start, end } of found) {
    result += text.slice(at, start) + placeholders[kind];
    at = end;
  }
  return result + text.slice(at);
}

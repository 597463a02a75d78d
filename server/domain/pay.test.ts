import { expect, test } from "vitest";
import { earned, zPay } from "./pay";

test("a rate that binary fractions cannot hold adds up exactly", () => {
  const pay = { currency: "USD", ranking: 0.1, demonstration: 1.0005 };
  expect(earned(pay, { rankings: 3, demonstrations: 0 })).toBe(0.3);
  expect(earned(pay, { rankings: 12_345, demonstrations: 7 })).toBe(1241.5035);
});

test("rates and currencies that cannot be meant are refused", () => {
  const pay = { currency: "krw ", ranking: 150, demonstration: 900 };
  expect(zPay.parse(pay).currency).toBe("KRW");
  for (const wrong of [{ ranking: -1 }, { ranking: 0.00001 }, { currency: "₩" }, { ranking: NaN }])
    expect(zPay.safeParse({ ...pay, ...wrong }).success).toBe(false);
});

import { expect, test } from "vitest";
import { usualRule, zRoundRule } from "@/server/domain/rounds/rule";
import { ruleFrom, valuesOf, wrongsOf } from "./rule-values";

const usual = usualRule(60);

test("a rule goes through the form unchanged, and is one that the server takes", () => {
  const odd = { ...usual, everyHours: 12.5, calibrationShare: 0.07 };
  for (const rule of [usual, odd, zRoundRule.parse({})]) {
    expect(wrongsOf(valuesOf(rule))).toEqual({});
    expect(ruleFrom(valuesOf(rule))).toEqual(rule);
    expect(zRoundRule.parse(ruleFrom(valuesOf(rule)))).toEqual(rule);
  }
});

test("each field that is wrong is named", () => {
  const values = {
    ...valuesOf(usual),
    afterRankings: 1.5,
    everyHours: 0,
    fewestRankings: null,
    accuracy: 101,
    accuracyLow: -1,
    heldoutPairs: 0,
    labelers: 0.5,
    kl: 0,
    calibrationShare: null,
  };
  const { beatsLength: _, scoreRises: __, askAt: ___, ...numbers } = values;
  expect(Object.keys(wrongsOf(values)).toSorted()).toEqual(Object.keys(numbers).toSorted());
});

test("without a schedule nobody asks for its fewest rankings", () => {
  const values = { ...valuesOf(usual), fewestRankings: null };
  expect(wrongsOf(values)).toEqual({});
  expect(ruleFrom(values).fewestRankings).toBe(1);
});

import { describe, expect, test } from "vitest";
import { improveGate, renewGate, trainGate } from "./gate";
import { ruleOf, usualRule } from "./rule";

const at = { rule: usualRule(60), open: true, held: false };
const enough = { newRankings: 60, hours: 1, ordered: true };
const good = {
  accuracy: 0.71,
  accuracyLow: 0.62,
  heldoutPairs: 120,
  lengthBaseline: 0.55,
  labelers: 3,
};
const unmet = (gate: ReturnType<typeof trainGate>) =>
  gate.ways.flat().flatMap((check) => (check.met ? [] : [check.name]));

test("a campaign without a rule waits for a person to train it, and for nothing after", () => {
  const byHand = { ...at, rule: ruleOf(undefined) };
  expect(trainGate(byHand, enough)).toMatchObject({ passes: false, reasons: ["by-hand"] });
  expect(improveGate(byHand, { ...good, accuracy: 0.1 }).passes).toBe(true);
  expect(renewGate(byHand, { kl: 1e6, scoreBefore: 1, scoreAfter: 0 }).passes).toBe(true);
});

describe("training begins", () => {
  test("after so many new rankings", () => {
    expect(trainGate(at, enough)).toMatchObject({ passes: true, reasons: [] });
    const early = trainGate(at, { ...enough, newRankings: 59 });
    expect(early).toMatchObject({ passes: false, reasons: ["checks"] });
    expect(early.ways).toEqual([[{ name: "newRankings", value: 59, wanted: 60, met: false }]]);
  });

  test("or when it is time and enough is new, whichever is first", () => {
    const rule = { ...at.rule, everyHours: 24, fewestRankings: 10 };
    const gate = (newRankings: number, hours: number) =>
      trainGate({ ...at, rule }, { newRankings, hours, ordered: true }).passes;
    expect(gate(9, 25)).toBe(false);
    expect(gate(10, 23)).toBe(false);
    expect(gate(10, 24)).toBe(true);
    expect(gate(60, 0)).toBe(true);
  });

  test("never on ties alone", () => {
    const ties = trainGate(at, { ...enough, ordered: false });
    expect(ties.passes).toBe(false);
    expect(unmet(ties)).toEqual(["ordered"]);
  });
});

describe("PPO begins", () => {
  test("when the report passes every threshold, and the gate says which it does not", () => {
    expect(improveGate(at, good).passes).toBe(true);
    const weak = improveGate(at, { ...good, accuracy: 0.59, accuracyLow: 0.49 });
    expect(weak).toMatchObject({ passes: false, reasons: ["checks"] });
    expect(unmet(weak)).toEqual(["accuracy", "accuracyLow"]);
  });

  test("not on a snapshot that holds no prompt back: nothing was measured, and that meets nothing", () => {
    const blind = { ...good, accuracy: null, accuracyLow: null, heldoutPairs: null };
    expect(unmet(improveGate(at, blind))).toEqual(["heldoutPairs", "accuracy", "accuracyLow"]);
  });

  test("only with people enough and better than length, where that is asked", () => {
    const thresholds = { ...at.rule.thresholds, labelers: 2, beatsLength: true };
    const strict = { ...at, rule: { ...at.rule, thresholds } };
    expect(improveGate(strict, good).passes).toBe(true);
    const alone = improveGate(strict, { ...good, labelers: 1, lengthBaseline: 0.71 });
    expect(unmet(alone)).toEqual(["beatsLength", "labelers"]);
    expect(unmet(improveGate(strict, { ...good, lengthBaseline: null }))).toEqual(["beatsLength"]);
  });
});

test("the new policy answers when it scores higher and has not gone far", () => {
  expect(renewGate(at, { kl: 15, scoreBefore: 0, scoreAfter: 0.1 }).passes).toBe(true);
  expect(unmet(renewGate(at, { kl: 15.1, scoreBefore: 0.1, scoreAfter: 0.1 }))).toEqual([
    "kl",
    "scoreRises",
  ]);
  expect(unmet(renewGate(at, { kl: null, scoreBefore: 0, scoreAfter: 1 }))).toEqual(["kl"]);
});

test("a person's word, the rule's and a campaign that is not open each hold any gate", () => {
  const held = trainGate({ ...at, held: true }, enough);
  expect(held).toMatchObject({ passes: false, reasons: ["held"] });
  const asked = improveGate({ ...at, rule: { ...at.rule, askAt: ["improve"] } }, good);
  expect(asked).toMatchObject({ passes: false, reasons: ["asked"] });
  const shut = renewGate({ ...at, open: false }, { kl: 1, scoreBefore: 0, scoreAfter: 1 });
  expect(shut).toMatchObject({ passes: false, reasons: ["not-open"] });
});

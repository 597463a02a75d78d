import { expect, test } from "vitest";
import { zDistribution } from "@/server/domain/distribution";
import { zQualityOptions } from "@/server/domain/quality/options";
import { settingsOf, valuesOf, wrongFields } from "./rules-values";

const distribution = zDistribution.parse({ goldRate: 0.1, calibrationShare: 0.155 });
const options = zQualityOptions.parse({});
const values = valuesOf(distribution, options);

test("what is saved comes back as it was, shares in percent between", () => {
  expect(values).toMatchObject({ goldRate: 10, calibrationShare: 15.5 });
  expect(values.rules.gold).toEqual({ action: "pause", threshold: 50, atLeast: 5 });
  expect(wrongFields(values).size).toBe(0);
  const { distribution: saved, quality } = settingsOf(values);
  expect(zDistribution.parse(saved)).toEqual(distribution);
  expect(zQualityOptions.parse(quality)).toEqual(options);
});

test("a field out of its range is named with the range", () => {
  const rules = { ...values.rules, speed: { ...values.rules.speed, atLeast: 1.5 } };
  expect([...wrongFields({ ...values, goldRate: 51, goldSeenBy: null, rules })]).toEqual([
    ["goldRate", { min: 0, max: 50 }],
    ["goldSeenBy", { min: 1, max: 100_000 }],
    ["speed atLeast", { min: 1, max: 10_000 }],
  ]);
});

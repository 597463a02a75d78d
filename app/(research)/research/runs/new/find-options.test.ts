import { expect, test } from "vitest";
import type { TrainingOption } from "@/server/domain/training-options";
import { findOptions } from "./find-options";

const option = (name: string, meaning: string): TrainingOption => ({
  name,
  meaning,
  source: "0: a test",
  type: "number",
  nullable: false,
  default: 0,
});
const options = [
  option("beta", "Price of a nat of KL."),
  option("klTarget", "Nats of KL that an adaptive β aims at."),
  option("clip", "ε of the clipped ratio."),
];
const found = (sought: string) =>
  findOptions(options, sought, ({ meaning }) => meaning).map(({ name }) => name);

test("options are found by any part of their name or meaning, whatever its case", () => {
  expect(found("kl")).toEqual(["beta", "klTarget"]);
  expect(found("KLTARGET")).toEqual(["klTarget"]);
  expect(found("ratio")).toEqual(["clip"]);
});

test("each word narrows the search; none at all leaves everything", () => {
  expect(found("kl  adaptive")).toEqual(["klTarget"]);
  expect(found("kl ratio")).toEqual([]);
  expect(found(" ")).toHaveLength(3);
});

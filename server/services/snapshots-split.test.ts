import { expect, test } from "vitest";
import { heldOutBorder, heldOutShare, positionOf, splitOf } from "./snapshots-split";

const texts = (count: number) => Array.from({ length: count }, (_, i) => `sort: ${i} 7 3`);

test("about a tenth of many prompts is held out", () => {
  const all = texts(4000);
  const border = heldOutBorder(all.map(positionOf));
  const held = all.filter((text) => splitOf({ text, split: "train" }, border) === "heldout");
  expect(border).toBe(heldOutShare);
  expect(held.length).toBeGreaterThan(320);
  expect(held.length).toBeLessThan(480);
});

test("a prompt held out of a snapshot is held out of every later one", () => {
  const early = texts(400);
  const border = heldOutBorder(early.map(positionOf));
  const later = heldOutBorder(texts(900).map(positionOf));
  for (const text of early)
    expect(splitOf({ text, split: "train" }, later)).toBe(
      splitOf({ text, split: "train" }, border),
    );
});

test("a small snapshot still holds one prompt out, a tiny one none", () => {
  const small = texts(2000)
    .filter((text) => positionOf(text) > 0.5)
    .slice(0, 6);
  const border = heldOutBorder(small.map(positionOf));
  const held = small.filter((text) => splitOf({ text, split: "train" }, border) === "heldout");
  expect(held).toHaveLength(1);
  expect(heldOutBorder(small.slice(0, 4).map(positionOf))).toBe(0);
});

test("what the campaign holds out stays out", () => {
  expect(splitOf({ text: "anything", split: "heldout" }, 0)).toBe("heldout");
});

import { expect, test } from "vitest";

import "../runtime/testing";
import { attentionFactorOf, rotaryFrequencies } from "./rotary-frequencies";

const headDim = 8;

test("frequencies fall from 1 by powers of theta", () => {
  const plain = rotaryFrequencies({ headDim, rope: { theta: 10_000, scaling: null } });
  expect(plain).toBeAllclose([1, 0.1, 0.01, 0.001]);
});

test("linear scaling slows all alike", () => {
  const scaling = { type: "linear", factor: 4 } as const;
  const slow = rotaryFrequencies({ headDim, rope: { theta: 10_000, scaling } });
  expect(slow).toBeAllclose([0.25, 0.025, 0.0025, 0.00025]);
});

test("llama3 scaling keeps the fast, slows the slow and blends between", () => {
  const scaling = {
    type: "llama3",
    factor: 8,
    lowFreqFactor: 1,
    highFreqFactor: 4,
    originalContext: 160,
  } as const;
  const f = rotaryFrequencies({ headDim, rope: { theta: 10_000, scaling } });
  const turns = (160 * 0.1) / (2 * Math.PI);
  const smooth = (turns - 1) / 3;
  expect(f).toBeAllclose([1, ((1 - smooth) / 8 + smooth) * 0.1, 0.01 / 8, 0.001 / 8]);
});

test("of a part of a head, odd ones too", () => {
  const rope = { theta: 16, scaling: null, partial: 0.4 };
  expect(rotaryFrequencies({ headDim, rope })).toBeAllclose([1, 16 ** (-2 / 3)]);
});

test("yarn keeps pairs that turn often, slows those that turn seldom, ramps between by number", () => {
  const scaling = {
    type: "yarn",
    factor: 4,
    originalContext: 200,
    betaFast: 8,
    betaSlow: 0.4,
    truncate: true,
    attentionFactor: 1.1,
  } as const;
  const rope = { theta: 10_000, scaling };
  // 200/2π = 31.8 turns of the first pair, a tenth of each before: 8 at pair 0.6, 0.4 at pair 1.9
  expect(rotaryFrequencies({ headDim, rope })).toBeAllclose([
    1,
    (0.1 / 4 + 0.1) / 2,
    0.0025,
    0.00025,
  ]);
  const [fast, slow] = [31.83, 31.83].map((x, i) => Math.log10(x / [8, 0.4][i]));
  const ramp = (i: number): number => (i - fast) / (slow - fast);
  const exact = rotaryFrequencies({
    headDim,
    rope: { ...rope, scaling: { ...scaling, truncate: false } },
  });
  expect([exact[1]]).toBeAllclose([0.1 * (ramp(1) / 4 + 1 - ramp(1))], { rtol: 1e-3 });
  expect(attentionFactorOf(rope)).toBe(1.1);
});

import { expect, test } from "vitest";

import "../runtime/testing";
import { rotaryFrequencies } from "./rotary-frequencies";

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

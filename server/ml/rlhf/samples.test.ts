import { expect, test } from "vitest";
import { trainPpo } from "./ppo";
import type { Sample } from "./step";
import { runSteps } from "./step";
import { tinyModel } from "./testing";

test("a sample holds its response token by token, with log π of policy and reference", async () => {
  const samples: Sample[] = [];
  const source = {
    score: (answers: readonly unknown[]) => Promise.resolve(answers.map((_, i) => i)),
    dispose: () => Promise.resolve(),
  };
  const options = { iterations: 2, batchSize: 8, minibatches: 2, maxNewTokens: 6, samples: 8 };
  const config = { ...options, learningRate: 0.01, scoreClip: 3 };
  await runSteps(trainPpo({ policy: tinyModel() }, ["a", "b"], config, { source }), (step) => {
    samples.push(...step.samples!);
  });
  expect(samples).toHaveLength(16);
  for (const { completion, tokens } of samples) {
    const { texts, logProbs, refLogProbs } = tokens!;
    const special = /^<.+>$/;
    expect(texts.filter((text) => !special.test(text)).join("")).toBe(completion);
    expect([logProbs.length, refLogProbs.length]).toEqual([texts.length, texts.length]);
  }
  expect(samples.map(({ rawScore }) => rawScore)).toEqual([...Array(16).keys()].map((i) => i % 8));
  expect(Math.max(...samples.map(({ score }) => score!))).toBe(3);
  const kl = samples.map(({ tokens }) =>
    Math.max(...tokens!.logProbs.map((x, i) => Math.abs(x - tokens!.refLogProbs[i]))),
  );
  expect(Math.max(...kl.slice(0, 8))).toBeLessThan(1e-3); // the policy is the reference still
  expect(Math.max(...kl.slice(8))).toBeGreaterThan(0.01);
});

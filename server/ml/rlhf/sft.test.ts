import { describe, expect, it } from "vitest";
import { AppError } from "../../domain/app-error";
import { encodePairs } from "./encode";
import { evaluateLm } from "./evaluate-lm";
import { trainSft } from "./sft";
import { runSteps } from "./step";
import { collect, flatWeights, throughDisk, tinyModel } from "./testing";

const letters = "abcdefgh";
const data = Array.from(letters, (letter, i) => ({
  prompt: `${letter}${letters[(i + 3) % 8]}`,
  completion: letter.repeat(1 + (i % 3)),
}));
const options = { batchSize: 4, epochs: 4, learningRate: 1e-2, warmup: 0.1, seed: 3 };

describe("trainSft", () => {
  it("learns its completions", async () => {
    const model = tinyModel();
    const before = await evaluateLm(model, data);
    const { metrics } = await collect(trainSft(model, data, { ...options, epochs: 30 }));
    const after = await evaluateLm(model, data);
    expect(metrics).toHaveLength(60);
    expect(before.loss).toBeGreaterThan(2);
    expect(after.loss).toBeLessThan(0.5);
    expect(after.perplexity).toBeCloseTo(Math.exp(after.loss), 10);
    expect(after.tokens).toBe(data.reduce((n, row) => n + row.completion.length + 1, 0));
  });

  it("weighs each token of a batch the same, however it is cut into passes", async () => {
    const [whole, cut] = [tinyModel(), tinyModel()];
    const a = await collect(trainSft(whole, data, options));
    const b = await collect(trainSft(cut, data, { ...options, tokensPerPass: 6 }));
    a.metrics.forEach(({ loss }, i) => expect(b.metrics[i].loss).toBeCloseTo(loss, 4));
    const [x, y] = [flatWeights(whole), flatWeights(cut)];
    expect(Math.max(...x.map((w, i) => Math.abs(w - y[i])))).toBeLessThan(2e-3);
  });

  it("gives the same numbers for the same seed, others for another", async () => {
    const run = async (seed: number) => {
      const model = tinyModel();
      const { metrics } = await collect(trainSft(model, data, { ...options, seed }));
      return { metrics, weights: flatWeights(model) };
    };
    const first = await run(3);
    expect(await run(3)).toEqual(first);
    expect((await run(4)).weights).not.toEqual(first.weights);
  });

  it.each([1, 5])("resumed after step %i ends with the same bits", async (stopAt) => {
    const straight = tinyModel();
    const { metrics } = await collect(trainSft(straight, data, options));
    const { state } = await collect(trainSft(tinyModel(), data, options), stopAt);
    const resumed = tinyModel();
    const rest = await collect(trainSft(resumed, data, options, { resume: state! }));
    expect(flatWeights(resumed)).toEqual(flatWeights(straight));
    expect(rest.metrics).toEqual(metrics.slice(stopAt));
  });

  it("learns the prompt too when asked", async () => {
    const model = tinyModel();
    const { metrics } = await collect(trainSft(model, data, { ...options, trainOnPrompt: true }));
    expect(metrics[0].tokens).toBeGreaterThan(
      4 + data.slice(0, 4).reduce((n, row) => n + row.completion.length, 0),
    );
  });

  it("measures held-out loss at the end and when asked", async () => {
    const { metrics } = await collect(
      trainSft(
        tinyModel(),
        data,
        { ...options, evaluateEvery: 3 },
        { evaluation: data.slice(0, 3) },
      ),
    );
    const measured = metrics.flatMap((m, i) => ("eval/loss" in m ? [i + 1] : []));
    expect(measured).toEqual([3, 6, 8]);
  });

  it("stops when aborted, and when left", async () => {
    const control = new AbortController();
    const seen: number[] = [];
    const run = runSteps(
      trainSft(tinyModel(), data, options, { signal: control.signal }),
      ({ step }) => {
        seen.push(step);
        control.abort();
      },
    );
    await expect(run).rejects.toMatchObject({ code: "cancelled" });
    expect(seen).toEqual([1]);
  });

  it("refuses to go on from another run", async () => {
    const { state } = await collect(trainSft(tinyModel(), data, options), 1);
    const resume = (config: object, model = tinyModel()) =>
      collect(trainSft(model, data, { ...options, ...config }, { resume: state! }));
    await expect(resume({ seed: 9 })).rejects.toThrow(/made with seed 3, this run has 9/);
    await expect(resume({}, tinyModel({ ffn: 8 }))).rejects.toThrow(/does not fit the model/);
  });

  it("says at which step a loss is no number", async () => {
    const model = tinyModel();
    model.weights.get("transformer.ln_f.weight")!.data[0] = Number.NaN;
    await expect(collect(trainSft(model, data, options))).rejects.toThrow(
      /SFT step 1: loss is NaN in the batch of examples (\d, ){3}\d; lower learningRate/,
    );
  });

  it("keeps its state in arrays of the model, to be copied by the caller", async () => {
    const model = tinyModel();
    await runSteps(trainSft(model, data, { ...options, maxSteps: 1 }), (step) => {
      const state = throughDisk(step.state());
      expect(state.tensors.get("model.weights.transformer.wte.weight")!.data).toEqual(
        model.weights.get("transformer.wte.weight")!.data,
      );
      expect(state.json.optimizerSteps).toEqual({ model: 1 });
    });
  });
});

describe("too long, too short", () => {
  const rules = { maxLength: 6, overlong: "error" } as const;
  const what = (i: number) => `example ${i + 1}`;
  const long = [{ prompt: "abcd", completion: "efgh" }];

  it("is an error that names the example, what fits and what to do", async () => {
    await expect(encodePairs(tinyModel(), long, rules, what)).rejects.toThrow(
      'example 1: prompt and completion have 9 tokens, 6 fit; shorten it, or set overlong to "drop" or "truncate"',
    );
    await expect(
      encodePairs(tinyModel({ context: 7 }), long, { ...rules, maxLength: null }, what),
    ).rejects.toThrow(AppError);
  });
  it("is left out, or loses the beginning of its prompt, when asked", async () => {
    const model = tinyModel();
    expect(await encodePairs(model, long, { ...rules, overlong: "drop" }, what)).toEqual([null]);
    const [row] = await encodePairs(model, long, { ...rules, overlong: "truncate" }, what);
    expect(model.tokenizer.decode(row!.ids)).toBe("defgh");
    expect(row).toMatchObject({ promptLength: 1 });
  });
  it("needs something to learn from", async () => {
    await expect(collect(trainSft(tinyModel(), []))).rejects.toThrow(
      /no example can be used; give at least one/,
    );
  });
});

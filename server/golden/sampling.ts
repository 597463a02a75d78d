import { candidates, reweighted, type SamplingSettings } from "../ml/generate/sampling";
import { type JsonChecker, listOf } from "./checker";
import { expectClose, expectSame } from "./close";

interface SamplingVectors {
  settings: {
    temperature?: number;
    top_k?: number;
    top_p?: number;
    min_p?: number;
    repetition_penalty?: number;
  };
  logits: number[];
  history?: number[];
  kept: number[];
  probs: number[];
}

/** What may be sampled after penalty, temperature, top-k, top-p and min-p, and how likely it is. */
export const samplingChecker: JsonChecker = {
  matches: (value) =>
    listOf((value as { cases?: unknown } | null)?.cases, "settings", "logits", "kept", "probs"),
  async run(cases, { name }, value) {
    for (const [key, list] of Object.entries(value as Record<string, unknown>)) {
      if (!listOf(list, "settings", "logits", "kept")) continue;
      for (const [i, one] of (list as SamplingVectors[]).entries()) {
        const settings = Object.entries(one.settings).map(([k, v]) => `${k} ${v}`);
        await cases.check(`${name} ${key} ${i + 1} (${settings.join(", ")})`, () => sampled(one));
      }
    }
  },
};

function sampled({ settings: given, logits, history = [], kept, probs }: SamplingVectors): void {
  const settings: SamplingSettings = {
    temperature: given.temperature ?? 1,
    topK: given.top_k,
    topP: given.top_p,
    minP: given.min_p,
    repetitionPenalty: given.repetition_penalty,
  };
  const scaled = Float32Array.from(logits, (x) => x / settings.temperature);
  const plain = softmax(scaled);
  const penalty = settings.repetitionPenalty;
  const weights = penalty ? reweighted(scaled, plain, new Set(history), penalty) : plain;
  const got = candidates(weights, settings);
  expectSame(
    "kept",
    got.ids.toSorted((a, b) => a - b),
    kept.toSorted((a, b) => a - b),
  );
  const sum = got.weights.reduce((a, b) => a + b, 0);
  const p = logits.map(() => 0);
  got.ids.forEach((id, i) => (p[id] = got.weights[i] / sum));
  expectClose("probabilities", p, probs, { abs: 1e-6 });
}

function softmax(logits: Float32Array): Float32Array {
  const top = Math.max(...logits);
  const weights = logits.map((x) => Math.exp(x - top));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((w) => w / sum);
}

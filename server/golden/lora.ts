import { loadWeights } from "../ml/checkpoint/load-model";
import { learns, mergeLora, withoutLora } from "../ml/nn/lora";
import type { Model } from "../ml/nn/model";
import { type Cases, Mismatch } from "./case";
import { hasKeys, type JsonChecker, type Place } from "./checker";
import { expectClose, expectSame, GRADIENT, type Tolerance } from "./close";
import { type Folder, resolveReference } from "./files";
import { type BatchVectors, lossProgram, sequencesOf } from "./lm";
import { tensorsOf } from "./models";

interface LoraVectors extends BatchVectors {
  base: string;
  loss: number;
  base_loss?: number;
  trainable_parameters?: number;
  grad_norm?: number;
  changed_by_merge?: string[];
}

const LOGITS = { abs: 1e-4 };
const LOSS = { abs: 1e-5, rel: 1e-6 };
const MERGED = { abs: 1e-6, rel: 1e-6 };

/** An adapter on a base model: logits, losses with and without it, gradients of what learns, the merge. */
export const loraChecker: JsonChecker = {
  matches: (value) => hasKeys(value, "base", "input_ids", "labels", "loss"),
  async run(cases, place, value) {
    const vectors = value as LoraVectors;
    const base = resolveReference(place.folder, vectors.base);
    const model = await loadWeights(place.folder.dir, { adapter: "keep", base });
    await checkAdapter(cases, place, vectors, model);
    if (vectors.base_loss !== undefined)
      await checkLoss(
        cases,
        `${place.name} loss of the base`,
        withoutLora(model),
        vectors,
        vectors.base_loss,
      );
    await checkMerge(cases, place, vectors, model);
  },
};

async function checkAdapter(
  cases: Cases,
  { name, folder }: Place,
  vectors: LoraVectors,
  model: Model,
): Promise<void> {
  const frozen = (weight: string): boolean => !learns(model.config, weight);
  const program = lossProgram(model, undefined, frozen);
  const sequences = sequencesOf(vectors);
  const got = await program.forward(sequences);
  await cases.check(`${name} logits`, () => expectLogits(got.logits, vectors, folder));
  await cases.check(`${name} loss`, () => expectClose("loss", got.loss, vectors.loss, LOSS));
  const gradients = await program.gradients(sequences);
  await cases.check(`${name} gradients`, async () => {
    const expected = await tensorsOf(folder, "grads.safetensors");
    if (!expected) throw new Mismatch("there is no gradient to compare with");
    const names = [...expected.keys()].map((key) => key.replace(/^base_model\.model\./, ""));
    expectSame("weights that learn", [...gradients.keys()].toSorted(), names.toSorted());
    for (const [key, { data }] of expected) {
      const gradient = gradients.get(key.replace(/^base_model\.model\./, ""))!.data;
      expectClose(`gradient of ${key}`, gradient, data, GRADIENT);
    }
    const all = [...gradients.values()].flatMap(({ data }) => Array.from(data));
    if (vectors.trainable_parameters !== undefined)
      expectSame("parameters that learn", all.length, vectors.trainable_parameters);
    const norm = Math.sqrt(all.reduce((sum, g) => sum + g * g, 0));
    if (vectors.grad_norm !== undefined)
      expectClose("gradient norm", norm, vectors.grad_norm, GRADIENT);
  });
  await program.dispose();
}

async function expectLogits(
  got: Float32Array,
  vectors: LoraVectors,
  folder: Folder,
): Promise<void> {
  const expected = (await tensorsOf(folder, "cases.safetensors"))?.get("logits");
  if (!expected) throw new Mismatch("there are no logits to compare with");
  const real = vectors.attention_mask.flat();
  const vocab = got.length / real.length;
  const where = Uint8Array.from({ length: got.length }, (_, i) => real[Math.floor(i / vocab)]);
  expectClose("logits", got, expected.data, LOGITS, where);
}

async function checkLoss(
  cases: Cases,
  name: string,
  model: Model,
  vectors: LoraVectors,
  expected: number,
  tolerance: Tolerance = LOSS,
): Promise<void> {
  await cases.check(name, async () => {
    const program = lossProgram(model);
    const { loss } = await program.forward(sequencesOf(vectors));
    await program.dispose();
    expectClose("loss", loss, expected, tolerance);
  });
}

/** Exactly the base's tensors that merging changes, and what they become; the merged model's loss. */
async function checkMerge(
  cases: Cases,
  { name, folder }: Place,
  vectors: LoraVectors,
  model: Model,
): Promise<void> {
  const merged = mergeLora(model);
  const base = withoutLora(model);
  await cases.check(`${name} merged weights`, async () => {
    const expected = await tensorsOf(folder, "merged.safetensors");
    if (!expected) throw new Mismatch("there are no merged weights to compare with");
    for (const [key, { data }] of expected) {
      const weight = merged.weights.get(key);
      if (!weight) throw new Mismatch(`there is no merged ${key}`);
      expectClose(key, weight.data, data, MERGED);
    }
    const differs = (key: string): boolean => merged.weights.get(key) !== base.weights.get(key);
    const changed = [...merged.weights.keys()].filter(differs).toSorted();
    const named = vectors.changed_by_merge ?? [...expected.keys()];
    expectSame("changed by merging", changed, named.toSorted());
  });
  await checkLoss(cases, `${name} loss merged`, merged, vectors, vectors.loss, LOGITS);
}

import { familyOf, type Model } from "../nn/model";
import type { Tokenizer } from "../text/tokenizer";

/**
 * A reward model is scored on its last token that is not pad, so pad must not be a token that texts end with. In order:
 * the tokenizer's own pad if it is not eos; the one of config.json; an id that the embedding has to spare; else one
 * more row of the embedding, zeros, which nothing ever reads. Texts keep their ids in every case.
 */
export function withDistinctPad(
  model: Model,
  tokenizer: Tokenizer,
): { model: Model; tokenizer: Tokenizer } {
  const { config } = model;
  const eos = config.eosId ?? tokenizer.eosId;
  if (tokenizer.padId !== null && tokenizer.padId !== eos && tokenizer.padId < config.vocab) {
    return { model: withPadId(model, tokenizer.padId), tokenizer };
  }
  const own =
    config.padId === null || config.padId === eos ? null : tokenizer.tokenOf(config.padId);
  if (config.padId !== null && own !== null) {
    return { model, tokenizer: tokenizer.withPad(own, config.padId) };
  }
  const id = tokenizer.vocabSize;
  const padded = tokenizer.withPad(freeName(tokenizer), id);
  return { model: withPadId(id < config.vocab ? model : withRow(model), id), tokenizer: padded };
}

function withPadId(model: Model, padId: number): Model {
  return { ...model, config: { ...model.config, padId } };
}

function freeName(tokenizer: Tokenizer): string {
  for (let n = 0; ; n++) {
    const name = n === 0 ? "<|pad|>" : `<|pad_${n}|>`;
    if (tokenizer.idOf(name) === null) return name;
  }
}

function withRow({ config, weights }: Model): Model {
  const name = familyOf(config).embedding;
  const { shape, data } = weights.get(name)!;
  const [rows, width] = shape;
  const wider = new Float32Array(data.length + width);
  wider.set(data);
  const grown = new Map(weights).set(name, { shape: [rows + 1, width], data: wider });
  return { config: { ...config, vocab: config.vocab + 1 }, weights: grown };
}

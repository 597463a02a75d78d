import { add, mul } from "../graph/ops/elementwise";
import type { Parameters } from "../graph/parameters";
import type { Tensor } from "../graph/tensor";
import type { ModelConfig } from "../nn/config";
import type { Random } from "../runtime/random";
import { type Feeds, float32, int32 } from "../runtime/feeds";
import type { SftExample, TextModel } from "./data";
import { encodePrompts, type TokenRow } from "./encode";
import { predicted, tokenLoss, tokenLossFeeds } from "./token-loss";
import { AppError } from "../../domain/app-error";

/** A batch of pretraining text beside the responses, in the same program and so in the same step. */
export const ptxInputs = {
  ptxIds: int32("ptxBatch", "ptxTime"),
  ptxPositions: int32("ptxBatch", "ptxTime"),
  ptxSegments: int32("ptxBatch", "ptxTime"),
  ptxRows: int32("ptxTokens"),
  ptxTargets: int32("ptxTokens"),
  ptxWeights: float32("ptxTokens"),
};

export type PtxInput = keyof typeof ptxInputs;

/** loss + γ·(mean −log π of the text's tokens) (PPO-ptx, Ouyang et al. 2022); untouched when γ is 0. */
export function withPtx(
  loss: Tensor,
  config: ModelConfig,
  params: Parameters,
  inputs: Record<PtxInput, Tensor>,
  coefficient: number,
): { loss: Tensor; ptxLoss: Tensor } {
  if (coefficient === 0) return { loss, ptxLoss: mul(loss, 0) };
  const text = tokenLoss(config, params, {
    ids: inputs.ptxIds,
    positions: inputs.ptxPositions,
    segments: inputs.ptxSegments,
    rows: inputs.ptxRows,
    targets: inputs.ptxTargets,
    weights: inputs.ptxWeights,
  });
  return { loss: add(loss, mul(text.loss, coefficient)), ptxLoss: text.loss };
}

/** Texts of every minibatch, in a new order each time all were used. */
export interface PtxTexts {
  /** Texts beside a minibatch. */
  count: number;
  /** Tokens of the longest. */
  longest: number;
  /** Feeds of one minibatch, one for each of its passes. @param minibatch counts from the start of the run */
  feeds(minibatch: number, passes: number): Feeds<PtxInput>[];
}

/** What is fed where there is no such text: nothing reads it. */
export const noTexts: PtxTexts = {
  count: 0,
  longest: 0,
  feeds: (_, passes) =>
    Array.from({ length: passes }, () => ptxFeeds([{ ids: [0, 0], promptLength: 1 }], 0, 0)),
};

/**
 * @param texts what the policy should not forget: whole texts have an empty prompt
 * @param count of texts beside each minibatch @throws bad-input when none has a token to predict
 */
export async function openTexts(
  policy: TextModel,
  texts: readonly SftExample[],
  { count, random }: { count: number; random: Random },
): Promise<PtxTexts> {
  const rows = await windows(policy, texts);
  if (rows.length === 0)
    throw new AppError(
      "bad-input",
      "there is no pretraining text for ptxCoefficient: give some, or set it to 0",
    );
  const padId = policy.tokenizer.padId ?? 0;
  return {
    count,
    longest: rows.reduce((most, { ids }) => Math.max(most, ids.length), 0),
    feeds(minibatch, passes) {
      const chosen = cycled(rows, minibatch * count, count, random);
      const tokens = chosen.reduce((n, row) => n + predicted(row), 0);
      return Array.from({ length: passes }, (_, pass) => {
        const own = chosen.filter((__, i) => i % passes === pass);
        // a pass without a text of its own reads one that weighs nothing
        return own.length > 0 ? ptxFeeds(own, padId, 1 / tokens) : ptxFeeds([chosen[0]], padId, 0);
      });
    },
  };
}

/** Texts as rows of at most the context; longer ones are cut into several. */
async function windows(policy: TextModel, texts: readonly SftExample[]): Promise<TokenRow[]> {
  const { tokenizer, config } = policy;
  const prompts = await encodePrompts(
    policy,
    texts.map(({ prompt }) => prompt),
  );
  const completions = await tokenizer.encodeAll(
    texts.map(({ completion }) => completion),
    { specials: false },
  );
  return prompts.flatMap((prompt, i) => {
    const end = tokenizer.eosId === null ? [] : [tokenizer.eosId];
    const ids = [...prompt, ...completions[i], ...end];
    return Array.from({ length: Math.ceil(ids.length / config.context) }, (_, n) => {
      const start = n * config.context;
      return {
        ids: ids.slice(start, start + config.context),
        promptLength: Math.max(0, prompt.length - start),
      };
    }).filter((row) => predicted(row) > 0);
  });
}

/** Rows of text under the names of ptxInputs. @param weight of each predicted token */
export function ptxFeeds(
  rows: readonly TokenRow[],
  padId: number,
  weight: number,
): Feeds<PtxInput> {
  const feeds = tokenLossFeeds(rows, { padId, weight });
  return {
    ptxIds: feeds.ids,
    ptxPositions: feeds.positions,
    ptxSegments: feeds.segments,
    ptxRows: feeds.rows,
    ptxTargets: feeds.targets,
    ptxWeights: feeds.weights,
  };
}

/** Items `start` to `start + count` of an endless list: all of them, in a new order each time. */
export function cycled<T>(items: readonly T[], start: number, count: number, random: Random): T[] {
  const orders = new Map<number, T[]>();
  return Array.from({ length: count }, (_, i) => {
    const pass = Math.floor((start + i) / items.length);
    const order = orders.get(pass) ?? random.fork(`prompts ${pass}`).shuffle(items);
    orders.set(pass, order);
    return order[(start + i) % items.length];
  });
}

import { AppError } from "../../domain/app-error";
import { copyModel } from "../nn/lora";
import { headWidth } from "../nn/model";
import { withScoreHead } from "../nn/score-head";
import { Random } from "../runtime/random";
import type { TextModel } from "./data";

/**
 * A reward model that starts from a language model: its backbone, copied, with a score head
 * N(0, 1/√(width + 1)) in place of the vocabulary (Stiennon et al. 2020).
 * A model that has a score head already is copied as it is.
 */
export function rewardModelFrom(model: TextModel, seed: number): TextModel {
  const { config } = model;
  if (config.head === "score") return copyModel(model);
  const width = headWidth(config);
  const head = new Float32Array(width);
  new Random(seed).fork("score head").fillNormal(head, 1 / Math.sqrt(width + 1));
  return withHead(model, head);
}

/** A value network that starts from a policy: its backbone, copied, with a score head of zeros. */
export function valueModelFrom(model: TextModel): TextModel {
  return withHead(model, new Float32Array(headWidth(model.config)));
}

function withHead(model: TextModel, head: Float32Array): TextModel {
  const { tokenizer, config } = model;
  // scores are read at the last real token: padding must not look like the end of an answer
  const padId = tokenizer.padId ?? config.padId;
  return withScoreHead(copyModel(model), { shape: [1, head.length], data: head }, padId);
}

/** @throws bad-input unless the model scores */
export function requireScoreHead({ config }: TextModel, name = "this"): void {
  if (config.head !== "score")
    throw new AppError(
      "bad-input",
      `${name} is a language model, not a reward model: train one with \`train reward\``,
    );
}

/** @throws bad-input unless the model writes text */
export function requireLanguageHead({ config }: TextModel, name = "this"): void {
  if (config.head !== "lm")
    throw new AppError(
      "bad-input",
      `${name} is a reward model, which writes no text: give the policy's folder`,
    );
}

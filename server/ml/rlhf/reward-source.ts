import { AppError } from "../../domain/app-error";
import type { TextModel } from "./data";
import { createScorer, scoreCompletions, type ScoreOptions } from "./score";

/** A response to be rewarded: as text, and as the policy's tokens. */
export interface Answer {
  prompt: string;
  completion: string;
  /** Prompt and response, the stop token included. */
  ids: readonly number[];
  /** What its prompt's row says of the right answer; null where it says nothing. */
  label: string | null;
}

/** Whatever rewards responses: a reward model, an ensemble, a program, a remote endpoint, a sum of these. */
export interface RewardSource {
  /** One finite number a response. */
  score(answers: readonly Answer[], signal?: AbortSignal): Promise<number[]>;
  dispose(): Promise<void>;
}

/** A reward model, or several as an ensemble, that read the policy's own tokens. */
export async function modelReward(
  models: readonly TextModel[],
  options: ScoreOptions = {},
): Promise<RewardSource> {
  const scorer = await createScorer(models, options);
  return {
    score: (answers) => scorer.scoreIds(answers.map(({ ids }) => ids)),
    dispose: () => scorer.dispose(),
  };
}

/** The same where the reward model has another tokenizer: what was written is tokenised anew. */
export function retokenisedReward(
  models: readonly TextModel[],
  options: ScoreOptions = {},
): RewardSource {
  return {
    async score(answers) {
      const pairs = answers.map(({ prompt, completion }) => ({ prompt, completion }));
      const scores = await scoreCompletions(models, pairs, { ...options, overlong: "truncate" });
      return scores.map(Number);
    },
    dispose: () => Promise.resolve(),
  };
}

/** What a program gives to a response; `label` is its prompt's. */
export type RewardProgram = (
  prompt: string,
  completion: string,
  label: string | null,
) => number | Promise<number>;

/** A reward that can be verified by a program. @param name for messages */
export function programReward(program: RewardProgram, name: string): RewardSource {
  return {
    async score(answers) {
      const scores: number[] = [];
      for (const { prompt, completion, label } of answers) {
        const score = await program(prompt, completion, label);
        if (typeof score !== "number" || !Number.isFinite(score))
          throw new AppError(
            "bad-input",
            `${name} gave ${String(score)} for the completion ${excerpt(completion)} of the prompt ${excerpt(prompt)}; it must give a finite number`,
          );
        scores.push(score);
      }
      return scores;
    },
    dispose: () => Promise.resolve(),
  };
}

const excerpt = (text: string): string =>
  JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);

/** Σ weight·score. */
export function weightedReward(
  parts: readonly { source: RewardSource; weight: number }[],
): RewardSource {
  return {
    async score(answers, signal) {
      const sum = answers.map(() => 0);
      for (const { source, weight } of parts) {
        const scores = await source.score(answers, signal);
        scores.forEach((score, i) => (sum[i] += weight * score));
      }
      return sum;
    },
    async dispose() {
      for (const { source } of parts) await source.dispose();
    },
  };
}

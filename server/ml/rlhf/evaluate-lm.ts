import { AppError } from "../../domain/app-error";
import { compileInference } from "../runtime/inference";
import type { SessionOptions } from "../runtime/session";
import { passesByLength } from "./batch";
import type { SftExample, TextModel } from "./data";
import { encodePairs, type LengthRules, type TokenRow } from "./encode";
import { predicted, tokenLoss, tokenLossFeeds, tokenLossInputs } from "./token-loss";

/** How well a model predicts: nats a token, and e to their power. */
export interface LmReport {
  tokens: number;
  loss: number;
  perplexity: number;
}

/** A program that measures a model's loss as its weights are at the time. */
export async function compileTokenLoss(
  { config, weights, tokenizer }: TextModel,
  options: SessionOptions & { tokensPerPass: number },
) {
  const { tokensPerPass, provider, threads } = options;
  const program = await compileInference({
    provider,
    threads,
    weights,
    inputs: tokenLossInputs,
    build: ({ inputs, params }) => ({ loss: tokenLoss(config, params, inputs).loss }),
  });
  return {
    async measure(rows: readonly TokenRow[], wholeRow: boolean): Promise<LmReport> {
      let sum = 0;
      let tokens = 0;
      for (const pass of passesByLength(rows, tokensPerPass)) {
        const feeds = tokenLossFeeds(pass, { padId: tokenizer.padId, weight: 1, wholeRow });
        sum += Number((await program.run(feeds)).loss.data[0]);
        tokens += pass.reduce((n, row) => n + predicted(row, wholeRow), 0);
      }
      const loss = sum / tokens;
      return { tokens, loss, perplexity: Math.exp(loss) };
    },
    dispose: () => program.dispose(),
  };
}

/**
 * Loss and perplexity of a model on examples: of the completions, or of whole rows.
 * @throws bad-input when there is no token to predict
 */
export async function evaluateLm(
  model: TextModel,
  data: readonly SftExample[],
  options: Partial<LengthRules> &
    SessionOptions & { trainOnPrompt?: boolean; tokensPerPass?: number } = {},
): Promise<LmReport> {
  const { maxLength = null, overlong = "error", trainOnPrompt = false } = options;
  const encoded = await encodePairs(
    model,
    data,
    { maxLength, overlong },
    (i) => `example ${i + 1}`,
  );
  const rows = encoded.filter((row) => row !== null && predicted(row, trainOnPrompt) > 0);
  if (rows.length === 0)
    throw new AppError(
      "bad-input",
      "there is nothing to measure: no example has a token to predict",
    );
  const evaluator = await compileTokenLoss(model, { tokensPerPass: 16_384, ...options });
  try {
    return await evaluator.measure(rows as TokenRow[], trainOnPrompt);
  } finally {
    await evaluator.dispose();
  }
}

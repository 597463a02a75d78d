import { AppError } from "../../domain/app-error";
import type { Feeds } from "../runtime/feeds";
import { passesByLength, splitPasses } from "./batch";
import type { SftExample, TextModel } from "./data";
import { encodePairs, lengthLimit, type TokenRow } from "./encode";
import { cheapestPasses } from "./packing";
import type { SftConfig } from "./sft-config";
import { predicted, tokenLossFeeds, type TokenLossInput } from "./token-loss";

/** An example that can be learnt. */
export interface SftRow extends TokenRow {
  /** Its place in the data, from 0. */
  index: number;
}

type ReadingConfig = Pick<SftConfig, "maxLength" | "overlong" | "trainOnPrompt">;

/**
 * The examples as tokens, without those that are too long (overlong "drop") or have no token to predict.
 * @param what names an example in messages @param note is told how many were left out or cut
 * @throws bad-input where none is left
 */
export async function encodeExamples(
  model: TextModel,
  examples: readonly SftExample[],
  config: ReadingConfig,
  what: string,
  note?: (text: string) => void,
): Promise<SftRow[]> {
  const all = await encodePairs(model, examples, config, (i) => `${what} ${i + 1}`);
  const fitting = all.flatMap((row, index) => (row ? [{ ...row, index }] : []));
  const rows = fitting.filter((row) => predicted(row, config.trainOnPrompt) > 0);
  const counts: [number, string][] = [
    [all.length - fitting.length, `longer than ${lengthLimit(model, config)} tokens: left out`],
    [fitting.length - rows.length, "without a token to predict: left out"],
    [
      rows.filter(({ cut = 0 }) => cut > 0).length,
      `longer than ${lengthLimit(model, config)} tokens: the beginning of the prompt is cut off`,
    ],
  ];
  const befell = counts
    .filter(([count]) => count > 0)
    .map(
      ([count, why]) => `${count} of ${all.length} ${what}s ${count === 1 ? "is" : "are"} ${why}`,
    );
  if (rows.length === 0)
    throw new AppError(
      "bad-input",
      `no ${what} can be used${befell.length > 0 ? ` (${befell.join("; ")})` : ""}; give at least one that fits`,
    );
  for (const text of befell) note?.(text);
  return rows;
}

/**
 * A batch in passes for so many lanes, padded or packed. The loss summed over them is nats a token of the whole batch, so
 * that each token weighs the same however the batch is cut.
 */
export function sftPasses(
  batch: readonly SftRow[],
  config: Pick<
    SftConfig,
    "packing" | "trainOnPrompt" | "tokensPerPass" | "microBatchSize" | "maxLength"
  >,
  model: TextModel,
  lanes: number,
): Feeds<TokenLossInput>[] {
  const { packing, trainOnPrompt: wholeRow, tokensPerPass, microBatchSize } = config;
  const tokens = batch.reduce((n, row) => n + predicted(row, wholeRow), 0);
  const options = { padId: model.tokenizer.padId, weight: 1 / tokens, wholeRow };
  if (!packing)
    return passesByLength(batch, tokensPerPass, microBatchSize, lanes).map((pass) =>
      tokenLossFeeds(pass, options),
    );
  const packings = cheapestPasses(
    batch.map(({ ids }) => ids.length),
    { longest: Math.min(lengthLimit(model, config), tokensPerPass), width: model.config.width },
  );
  return packings.flatMap(({ rows, time }) =>
    splitPasses(rows, () => ({ rows: 1, longest: time }), tokensPerPass, microBatchSize, lanes).map(
      (pass) =>
        tokenLossFeeds(
          pass.flat().map((i) => batch[i]),
          { ...options, packInto: time },
        ),
    ),
  );
}

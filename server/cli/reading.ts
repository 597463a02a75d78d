import type { Command } from "commander";
import { z } from "zod";
import { lengthOptions } from "../ml/rlhf/config";
import { configOf } from "./config";
import { type ComputeFlags, computeOptions, whole } from "./options";

/** Options of the commands that read texts without learning from them. */
export const readingConfig = z.strictObject({
  ...lengthOptions,
  tokensPerPass: z
    .int()
    .positive()
    .default(16_384)
    .describe("Tokens computed at once, padding included"),
});

export interface ReadingFlags extends ComputeFlags {
  readonly batchSize?: number;
  readonly maxLength?: number;
  readonly config?: string;
}

export function readingOptions(command: Command): Command {
  return computeOptions(
    command
      .option("--batch-size <n>", "texts of the greatest length at once", whole(1))
      .option("--max-length <n>", "leave out what is longer, in tokens", whole(2))
      .option("--config <file.json>", "every other option, by name"),
  );
}

/** @param context of the model, in tokens */
export function readingOf(
  { batchSize, maxLength, config }: ReadingFlags,
  context: number,
): Promise<z.output<typeof readingConfig>> {
  const longest = Math.min(maxLength ?? context, context);
  const tokensPerPass = batchSize === undefined ? undefined : batchSize * longest;
  const implied = maxLength === undefined ? {} : { overlong: "drop" };
  return configOf(readingConfig, { maxLength, tokensPerPass }, config, implied);
}

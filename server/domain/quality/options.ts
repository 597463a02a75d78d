import { z } from "zod";
import { zQualityRules } from "./rules";

/** What a campaign does with what it learns of its labelers. */
export const zQualityOptions = z.object({
  rules: zQualityRules.prefault({}),
  /** Rankings weigh in reward training what crowd-BT finds their labelers to be worth. */
  weights: z.boolean().default(true),
  /** Labelers see on their own page how they did on gold tasks: how many, never which. */
  showGold: z.boolean().default(false),
  /** And how often they say what others say. */
  showAgreement: z.boolean().default(true),
});
export type QualityOptions = z.infer<typeof zQualityOptions>;

/** A campaign's options, the defaults filled in. */
export const qualityOptionsOf = (config: {
  quality?: z.input<typeof zQualityOptions>;
}): QualityOptions => zQualityOptions.parse(config.quality ?? {});

import { z } from "zod";
import { zCampaignId, zModelId, zSnapshotId } from "./ids";

/** How an ensemble's scores become one: their mean, the worst, or the mean less λ times their variance. */
export const ensembleRules = ["mean", "wco", "uwo"] as const;

const weight = z
  .number({ error: "a weight is a number: give one" })
  .refine((value) => value !== 0, "a weight of 0 rewards nothing: leave the source out")
  .default(1);

/** λ of UWO where none is given: our choice. Coste et al. 2023 tune it, and find that it matters little. */
export const defaultLambda = 0.5;

/** A file's name as it lies in a folder that the operator fills; no path. */
const zDropIn = z
  .string()
  .regex(/^[^/\\]+$/)
  .refine((name) => !name.startsWith("."));

const zAddress = z.string().transform((text, context) => {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  if (url && /^https?:$/.test(url.protocol) && !url.username && !url.password) return url.href;
  context.addIssue({
    code: "custom",
    message: `"${text}" is no address of an endpoint; give one such as http://localhost:8000/rewards, and who asks as a header.`,
  });
  return z.NEVER;
});

/** One summand of what rewards. */
const zRewardPart = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("models"),
    /** Several are an ensemble; a model that is an ensemble itself stands for its members. */
    modelIds: z.array(zModelId).min(1).max(9),
    combine: z.enum(ensembleRules).default("mean"),
    lambda: z.number().min(0).default(defaultLambda),
    weight,
  }),
  z.object({ kind: z.literal("program"), file: zDropIn, weight }),
  z.object({
    kind: z.literal("endpoint"),
    url: zAddress,
    /** Seconds. */
    timeout: z.number().positive().max(3600).default(60),
    retries: z.int().min(0).max(20).default(3),
    /** Names of request headers whose values are kept elsewhere, and never shown. */
    headers: z.array(z.string()).default([]),
    weight,
  }),
]);

/** What rewards the answers of a run: Σ weight·score. */
export const zRewardSource = z.object({
  parts: z.array(zRewardPart).min(1).max(9),
  /** Reward models with another tokenizer read the text instead of the tokens. */
  retokenise: z.boolean().default(false),
});
export type RewardSource = z.output<typeof zRewardSource>;

/** Values of an endpoint's headers by place of the part and name; a value left out is the earlier run's. */
export const zRewardSecrets = z.record(
  z.string().regex(/^\d$/),
  z.record(
    z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, "a header's name has no blank and no colon"),
    z.string().regex(/^[^\r\n]*$/, "a header's value is one line"),
  ),
);
export type RewardSecrets = z.output<typeof zRewardSecrets>;

/** Where the texts of PPO-ptx come from: what the policy must not forget. */
export const zPtxTexts = z.discriminatedUnion("kind", [
  /** Accepted demonstrations of a campaign, the training part. */
  z.object({ kind: z.literal("demonstrations"), campaignId: zCampaignId }),
  /** The answers that people ranked best, of a snapshot's training part. */
  z.object({ kind: z.literal("snapshot"), snapshotId: zSnapshotId }),
  z.object({ kind: z.literal("file"), file: zDropIn }),
]);
export type PtxTexts = z.output<typeof zPtxTexts>;

/** The models of a source, in order, each once. */
export function modelsOfSource({ parts }: Pick<RewardSource, "parts">) {
  return [...new Set(parts.flatMap((part) => (part.kind === "models" ? part.modelIds : [])))];
}

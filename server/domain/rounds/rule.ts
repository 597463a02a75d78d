import { z } from "zod";

/** Where a round can be held, in the order in which it comes to them. */
export const gateNames = ["train", "improve", "renew"] as const;
export type GateName = (typeof gateNames)[number];
export const zGateName = z.enum(gateNames);

const share = z.number().min(0).max(1);

/** What a round must show before it goes on; null or false = not asked. */
export const zThresholds = z.object({
  /** Held-out pairs that the reward model orders as people do, at least this share. */
  accuracy: share.nullable().default(null),
  /** The lower end of that share's 95 % interval. */
  accuracyLow: share.nullable().default(null),
  /** Held-out pairs that were judged: fewer tell nothing. */
  heldoutPairs: z.int().min(1).max(1_000_000).nullable().default(null),
  /** The reward model orders more of them right than "the longer one wins" does. */
  beatsLength: z.boolean().default(false),
  /** People (or programs) whose rankings the reward model learnt from. */
  labelers: z.int().min(1).max(10_000).nullable().default(null),
  /** KL of the new policy to the reference at the end of PPO, nats an answer, at most. */
  kl: z.number().positive().max(10_000).nullable().default(null),
  /** The new policy's mean score is above the one that it began with. */
  scoreRises: z.boolean().default(false),
});
export type Thresholds = z.output<typeof zThresholds>;

/** When a campaign trains by itself, what each round must show, and where a person decides. */
export const zRoundRule = z.object({
  /** So many rankings that the last reward model has not seen start a training; null = their number starts none. */
  afterRankings: z.int().min(1).max(1_000_000).nullable().default(null),
  /** Hours since the last training, or since the campaign was opened, that start one; null = no schedule. */
  everyHours: z
    .number()
    .min(0.1)
    .max(24 * 366)
    .nullable()
    .default(null),
  /** The schedule lets a training pass when fewer rankings than this are new. */
  fewestRankings: z.int().min(1).max(1_000_000).default(1),
  thresholds: zThresholds.prefault({}),
  /** Gates at which a person decides every time. */
  askAt: z.array(zGateName).default([]),
  /** Share of a round's tasks that show the old policy's answers beside the new one's. */
  calibrationShare: share.default(0),
});
export type RoundRule = z.output<typeof zRoundRule>;

/** A campaign without a rule: trained by hand, and nothing but a person's word holds a round. */
export const ruleOf = (kept: unknown): RoundRule => zRoundRule.parse(kept ?? {});

/** Whether trainings begin without a person. */
export const beginsByItself = ({ afterRankings, everyHours }: RoundRule): boolean =>
  afterRankings !== null || everyHours !== null;

/** A rule that suits most, for a campaign whose round is `wanted` rankings. */
export function usualRule(wanted: number): RoundRule {
  return {
    afterRankings: Math.max(1, wanted),
    everyHours: null,
    fewestRankings: Math.max(1, Math.ceil(wanted / 4)),
    thresholds: {
      accuracy: 0.6,
      accuracyLow: 0.5, // better than a coin, and not by luck
      heldoutPairs: 50,
      beatsLength: false,
      labelers: null,
      kl: 15,
      scoreRises: true,
    },
    askAt: [],
    calibrationShare: 0.2,
  };
}

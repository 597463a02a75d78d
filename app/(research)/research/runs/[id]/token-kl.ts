import type { Outputs } from "@/app/lib/trpc";

export type Sample = Outputs["runs"]["samples"]["samples"][number];
type Tokens = NonNullable<Sample["tokens"]>;

/** A token of a response and how far it is from the reference. */
export interface TokenKl {
  readonly text: string;
  /** log π of the policy, nats. */
  readonly logProb: number;
  /** log π of the reference, nats. */
  readonly refLogProb: number;
  /** The difference of both (k1): above 0 where the policy likes the token more. */
  readonly kl: number;
}

export function tokensOf({ texts, logProbs, refLogProbs }: Tokens): TokenKl[] {
  return texts.map((text, i) => ({
    text,
    logProb: logProbs[i],
    refLogProb: refLogProbs[i],
    kl: logProbs[i] - refLogProbs[i],
  }));
}

/** Nats of the whole response; null for a run of an earlier version, which did not keep them. */
export function klOf({ tokens }: Sample): number | null {
  return tokens === null ? null : tokensOf(tokens).reduce((sum, { kl }) => sum + kl, 0);
}

/** Least end of the colour scale: below it differences are noise, and must not glare. */
const least = 0.1;

/** The KL that has the full colour: the largest of all shown, so that responses can be compared. */
export function scaleOf(samples: readonly Sample[]): number {
  const all = samples.flatMap(({ tokens }) => (tokens === null ? [] : tokensOf(tokens)));
  return all.reduce((most, { kl }) => Math.max(most, Math.abs(kl)), least);
}

/** Responses to one prompt together, in the order in which the prompts come. */
export function byPrompt(samples: readonly Sample[]): { prompt: string; samples: Sample[] }[] {
  const groups = new Map<string, Sample[]>();
  for (const sample of samples) {
    const group = groups.get(sample.prompt) ?? [];
    group.push(sample);
    groups.set(sample.prompt, group);
  }
  return [...groups].map(([prompt, some]) => ({ prompt, samples: some }));
}

export const orders = ["drawn", "best", "farthest"] as const;
export type Order = (typeof orders)[number];

/** The responses as the reader wants them; those without a number come last. */
export function ordered(samples: readonly Sample[], order: Order): Sample[] {
  if (order === "drawn") return [...samples];
  const value = (sample: Sample) => (order === "best" ? sample.score : klOf(sample)) ?? -Infinity;
  return samples.toSorted((a, b) => value(b) - value(a));
}

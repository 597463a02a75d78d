import { z } from "zod";

const zRate = z
  .number()
  .min(0, "Give a rate of 0 or more.")
  .max(10_000, "Give a rate of at most 10,000.")
  .refine((rate) => Math.abs(rate * 10_000 - Math.round(rate * 10_000)) < 1e-6, {
    message: "Give a rate with at most four decimals.",
  });

/** What a campaign pays for each accepted piece of work. */
export const zPay = z.object({
  currency: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{3}$/, "Give a currency of three letters, for example USD or KRW."),
  ranking: zRate,
  demonstration: zRate,
  /** Whether labelers see it beside their work; they do unless it is turned off. */
  shown: z.boolean().optional(),
});
export type Pay = z.output<typeof zPay>;

export const isShown = ({ shown }: Pay): boolean => shown !== false;

/** What so many accepted pieces earn: exact to a ten-thousandth, since rates are whole ten-thousandths. */
export function earned(pay: Pay, work: { rankings: number; demonstrations: number }): number {
  const tenThousandths =
    Math.round(pay.ranking * 10_000) * work.rankings +
    Math.round(pay.demonstration * 10_000) * work.demonstrations;
  return tenThousandths / 10_000;
}

import type { Inputs } from "@/app/lib/trpc";
import { defaultLambda, type RewardSource } from "@/server/domain/reward-source";

type Rewarded = Extract<Inputs["runs"]["start"], { reward: unknown }>;

/** One summand as the form holds it; "" and null = to be chosen. */
export interface PartDraft {
  readonly kind: RewardSource["parts"][number]["kind"];
  readonly modelIds: readonly string[];
  readonly combine: "mean" | "wco" | "uwo";
  readonly lambda: number | null;
  readonly file: string;
  readonly url: string;
  readonly timeout: number | null;
  readonly retries: number | null;
  /** A value that is empty is the cloned run's. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly weight: number | null;
}

export interface RewardDraft {
  readonly parts: readonly PartDraft[];
  readonly retokenise: boolean;
}

export const newPart = (modelId = ""): PartDraft => ({
  kind: "models",
  modelIds: [modelId],
  combine: "mean",
  lambda: defaultLambda,
  file: "",
  url: "",
  timeout: 60,
  retries: 3,
  headers: [],
  weight: 1,
});

/** What a run was rewarded by, to be changed; header values stay with the server. */
export function draftOfReward(reward: RewardSource | null): RewardDraft {
  if (!reward) return { parts: [newPart()], retokenise: false };
  const parts = reward.parts.map((part): PartDraft => {
    const { weight } = part;
    if (part.kind === "models") return { ...newPart(), ...part };
    if (part.kind === "program") return { ...newPart(), kind: part.kind, file: part.file, weight };
    const headers = part.headers.map((name) => ({ name, value: "" }));
    return { ...newPart(), ...part, headers };
  });
  return { parts, retokenise: reward.retokenise };
}

/** @returns undefined while something is missing or wrong */
export function rewardOf({ parts, retokenise }: RewardDraft) {
  const secrets: Record<string, Record<string, string>> = {};
  const complete = parts.map((part, place): Rewarded["reward"]["parts"][number] | undefined => {
    const { weight, timeout, retries, lambda, combine } = part;
    if (weight === null || weight === 0) return undefined;
    if (part.kind === "models") {
      const modelIds = [...new Set(part.modelIds.filter(Boolean))];
      if (modelIds.length === 0 || lambda === null || lambda < 0) return undefined;
      return { kind: "models", modelIds, combine, lambda, weight };
    }
    if (part.kind === "program")
      return part.file === "" ? undefined : { kind: "program", file: part.file, weight };
    if (!/^https?:\/\/./.test(part.url.trim()) || timeout === null || timeout <= 0)
      return undefined;
    if (retries === null || !Number.isInteger(retries) || retries < 0) return undefined;
    const named = part.headers.filter(({ name }) => name.trim() !== "");
    const values = named.filter(({ value }) => value !== "");
    if (values.length > 0)
      secrets[place] = Object.fromEntries(values.map(({ name, value }) => [name.trim(), value]));
    const headers = named.map(({ name }) => name.trim());
    return { kind: "endpoint", url: part.url.trim(), timeout, retries, headers, weight };
  });
  const known = complete.filter((part) => part !== undefined);
  if (known.length < parts.length) return undefined;
  return { reward: { parts: known, retokenise }, secrets };
}

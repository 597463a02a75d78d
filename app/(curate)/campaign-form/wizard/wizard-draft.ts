import type { PromptText } from "@/app/(curate)/prompts/prompt-text";
import { onStorage, readStored, store } from "@/app/lib/storage";
import { type Pay, zPay } from "@/server/domain/pay";
import { type FormValues, newCampaign, type Wrongs, wrongs } from "../form-values";

export const steps = ["kind", "prompts", "answers", "asked", "people", "check"] as const;
export type Step = (typeof steps)[number];

/** All that the wizard knows of a campaign that is not made yet. */
export interface WizardDraft {
  step: Step;
  values: FormValues;
  prompts: PromptText;
  /** The campaign whose prompts are taken; "" where they are pasted or from a file. */
  promptsFrom: string;
  /** Null where nothing is paid. */
  pay: { currency: string; ranking: number | null } | null;
}

export const newDraft = (policyModelId: string): WizardDraft => ({
  step: "kind",
  values: newCampaign(policyModelId),
  prompts: { content: "", fileName: "" },
  promptsFrom: "",
  pay: null,
});

const key = "revealed-new-campaign";

/** What was begun in this browser, what is missing in it filled up; null where nothing was. */
export function keptDraft(fallback: WizardDraft): WizardDraft | null {
  const kept = readStored(key) as Partial<WizardDraft> | null;
  if (!kept) return null;
  const step = steps.find((one) => one === kept.step) ?? "kind";
  return { ...fallback, ...kept, step, values: { ...fallback.values, ...kept.values } };
}

/** @returns whether all of it is kept: where there is no room for its prompts, the rest is */
export function keepDraft(draft: WizardDraft | null): boolean {
  if (store(key, draft)) return true;
  if (draft) store(key, { ...draft, prompts: { content: "", fileName: "" } });
  return false;
}

/** Hears of every change that another page of this browser makes, the preview's frame among them. */
export function onDraft(hear: () => void): () => void {
  return onStorage((changed) => {
    if (changed === key) hear();
  });
}

export const keptText = (): string | null => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};

/** In which step a field stands, so that a mistake is looked for where it is. */
const stepOf: Partial<Record<keyof FormValues, Step>> = {
  name: "kind",
  againstModelId: "answers",
  temperature: "answers",
  topP: "answers",
  maxNewTokens: "answers",
  asked: "asked",
  tasksPerRound: "people",
  overlap: "people",
};

export const wrongsIn = (step: Step, values: FormValues): Wrongs =>
  Object.fromEntries(
    Object.entries(wrongs(values)).filter(([field]) => stepOf[field as keyof FormValues] === step),
  );

/** What is to be paid, where it can be: null where nothing is, undefined where it is wrong. */
export function payOf({ pay }: WizardDraft): Pay | null | undefined {
  if (!pay) return null;
  const parsed = zPay.safeParse({ ...pay, demonstration: 0 });
  return parsed.success ? parsed.data : undefined;
}

/** Whether a step can be left: what is wrong in it is none. */
export const isRight = (step: Step, draft: WizardDraft, promptsWrong: boolean): boolean =>
  Object.keys(wrongsIn(step, draft.values)).length === 0 &&
  (step !== "prompts" || !promptsWrong) &&
  (step !== "people" || payOf(draft) !== undefined);

import { type Asked, nothingAsked } from "@/server/domain/asked";
import type { CampaignSettings } from "@/server/domain/campaign";
import type { ModelId } from "@/server/domain/ids";
import type { PreferenceSteps } from "@/server/domain/preference-scale";
import type { CampaignDetail } from "@/server/services/campaigns";
import { incomplete, tidied } from "./asked-values";

export const campaignKinds = ["ranking", "comparing", "given"] as const;
export type CampaignKind = (typeof campaignKinds)[number];

/** What stands in the fields; null is an empty or unreadable number. */
export interface FormValues {
  name: string;
  guidelines: string;
  policyModelId: string;
  completionsPerTask: number;
  tasksPerRound: number | null;
  overlap: number | null;
  temperature: number | null;
  topP: number | null;
  maxNewTokens: number | null;
  verifier: "" | "sort";
  /** What labelers do: rank, compare two models, or compare the two answers that came with each prompt. */
  kind: CampaignKind;
  /** The model that the policy is compared with; empty until one is chosen. */
  againstModelId: string;
  steps: PreferenceSteps;
  /** What labelers are asked besides the order. */
  asked: Asked;
  demonstrations: boolean;
  includeSimulated: boolean;
}

/** Defaults that suit most; the newest model is chosen where there is one. */
export const newCampaign = (policyModelId: string): FormValues => ({
  name: "",
  guidelines: "",
  policyModelId,
  completionsPerTask: 6,
  tasksPerRound: 60,
  overlap: 1,
  temperature: 1,
  topP: null,
  maxNewTokens: null,
  verifier: "",
  kind: "ranking",
  againstModelId: "",
  steps: 7,
  asked: nothingAsked,
  demonstrations: false,
  includeSimulated: false,
});

export function valuesOf({ campaign }: CampaignDetail): FormValues {
  const {
    sampling = {},
    asked = nothingAsked,
    comparing,
    demonstrations = false,
    includeSimulated = false,
  } = campaign.config;
  return {
    name: campaign.name,
    guidelines: campaign.guidelines,
    policyModelId: campaign.policyModelId ?? "",
    completionsPerTask: comparing
      ? newCampaign("").completionsPerTask
      : campaign.completionsPerTask,
    kind: !comparing ? "ranking" : comparing.againstModelId === null ? "given" : "comparing",
    againstModelId: comparing?.againstModelId ?? "",
    steps: comparing?.steps ?? 7,
    tasksPerRound: campaign.tasksPerRound,
    overlap: campaign.overlap,
    temperature: sampling.temperature ?? null,
    topP: sampling.topP ?? null,
    maxNewTokens: sampling.maxNewTokens ?? null,
    verifier: campaign.verifier ?? "",
    asked,
    demonstrations,
    includeSimulated,
  };
}

/** A field that is wrong, and between which numbers it should be. */
export interface Wrong {
  key:
    | "form.against.same"
    | "form.against.choose"
    | "form.wrong.name"
    | "form.wrong.whole"
    | "form.wrong.range"
    | "asked.wrong";
  values?: { min: number; max: number };
}
export type Wrongs = Partial<Record<keyof FormValues, Wrong>>;

const whole = (value: number | null, min: number, max: number): Wrong | undefined =>
  value !== null && Number.isInteger(value) && value >= min && value <= max
    ? undefined
    : { key: "form.wrong.whole", values: { min, max } };
const within = (value: number | null, min: number, max: number): Wrong | undefined =>
  value === null || (value >= min && value <= max)
    ? undefined
    : { key: "form.wrong.range", values: { min, max } };

function opponent({ againstModelId, policyModelId }: FormValues): Wrong | undefined {
  if (againstModelId === "") return { key: "form.against.choose" };
  return againstModelId === policyModelId ? { key: "form.against.same" } : undefined;
}

/** What keeps the form from being sent, by field; the server checks the same again. */
export function wrongs(values: FormValues): Wrongs {
  const found: Wrongs = {
    name: values.name.trim() === "" ? { key: "form.wrong.name" } : undefined,
    tasksPerRound: whole(values.tasksPerRound, 1, 100_000),
    againstModelId: values.kind === "comparing" ? opponent(values) : undefined,
    overlap: whole(values.overlap, 1, 20),
    temperature: within(values.temperature, 0, 2),
    topP: within(values.topP, 0.01, 1),
    asked: incomplete(values.asked).size > 0 ? { key: "asked.wrong" } : undefined,
    maxNewTokens: values.maxNewTokens === null ? undefined : whole(values.maxNewTokens, 1, 4096),
  };
  return Object.fromEntries(Object.entries(found).filter(([, wrong]) => wrong));
}

/** The settings that a form without wrongs stands for. */
export function settingsOf(values: FormValues): CampaignSettings {
  const { name, guidelines, completionsPerTask, asked, demonstrations, includeSimulated } = values;
  return {
    name: name.trim(),
    guidelines,
    completionsPerTask,
    asked: tidied(asked),
    demonstrations,
    includeSimulated,
    tasksPerRound: values.tasksPerRound ?? 60,
    overlap: values.overlap ?? 1,
    verifier: values.verifier || null,
    policyModelId: (values.policyModelId || null) as ModelId | null,
    ...(values.kind !== "ranking" && {
      comparing: {
        againstModelId: values.kind === "given" ? null : (values.againstModelId as ModelId),
        steps: values.steps,
      },
    }),
    sampling: {
      ...(values.temperature !== null && { temperature: values.temperature }),
      ...(values.topP !== null && { topP: values.topP }),
      ...(values.maxNewTokens !== null && { maxNewTokens: values.maxNewTokens }),
    },
  };
}

/** Comparisons that one ranking of k answers without ties is worth. */
export const pairsOf = (k: number): number => (k * (k - 1)) / 2;

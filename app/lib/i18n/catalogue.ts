import { bestOf as enBestOf } from "@/app/messages/en/best-of";
import { common as enCommon } from "@/app/messages/en/common";
import { comparing as enComparing } from "@/app/messages/en/comparing";
import { comparison as enComparison } from "@/app/messages/en/comparison";
import { curate as enCurate } from "@/app/messages/en/curate";
import { label as enLabel } from "@/app/messages/en/label";
import { ranking as enRanking } from "@/app/messages/en/ranking";
import { research as enResearch } from "@/app/messages/en/research";
import { reward as enReward } from "@/app/messages/en/reward";
import { runs as enRuns } from "@/app/messages/en/runs";
import { tracking as enTracking } from "@/app/messages/en/tracking";
import { bestOf as koBestOf } from "@/app/messages/ko/best-of";
import { common as koCommon } from "@/app/messages/ko/common";
import { comparing as koComparing } from "@/app/messages/ko/comparing";
import { comparison as koComparison } from "@/app/messages/ko/comparison";
import { curate as koCurate } from "@/app/messages/ko/curate";
import { label as koLabel } from "@/app/messages/ko/label";
import { ranking as koRanking } from "@/app/messages/ko/ranking";
import { research as koResearch } from "@/app/messages/ko/research";
import { reward as koReward } from "@/app/messages/ko/reward";
import { runs as koRuns } from "@/app/messages/ko/runs";
import { tracking as koTracking } from "@/app/messages/ko/tracking";
import type { Locale } from "./locale";

const english = {
  common: enCommon,
  label: { ...enLabel, ...enComparison },
  curate: { ...enCurate, ...enComparing },
  ranking: enRanking,
  research: { ...enResearch, ...enRuns, ...enReward, ...enTracking, ...enBestOf },
};

export type Wing = keyof typeof english;
export type MessageKey = { [W in Wing]: keyof (typeof english)[W] }[Wing];
export type Messages = Partial<Record<MessageKey, string>>;

/** Every message by language and wing. Server only: the browser is given the wings that it shows. */
export const catalogues: Record<Locale, Record<Wing, Messages>> = {
  en: english,
  ko: {
    common: koCommon,
    label: { ...koLabel, ...koComparison },
    curate: { ...koCurate, ...koComparing },
    ranking: koRanking,
    research: { ...koResearch, ...koRuns, ...koReward, ...koTracking, ...koBestOf },
  },
};

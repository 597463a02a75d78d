import { expect, test } from "vitest";
import { catalogues } from "@/app/lib/i18n/catalogue";
import { formatMessage } from "@/app/lib/i18n/format";
import type { Locale } from "@/app/lib/i18n/locale";
import { edgeNames, stationNames } from "@/server/domain/circle";
import type { CampaignId, JobId, ModelId, RunId } from "@/server/domain/ids";
import type { Loop } from "@/server/services/circle";
import { edgeWords, proofWords, stationWords } from "./circle-words";

const speaker = (locale: Locale) => ({
  locale,
  t: (key: string, values = {}) =>
    formatMessage((catalogues[locale].curate as Record<string, string>)[key], values, locale),
});
const model = { id: "m" as ModelId, name: "Sort · policy 2", parameters: 120_000 };
const loop: Loop = {
  campaign: {
    id: "c" as CampaignId,
    name: "Sort",
    status: "open",
    round: 2,
    verifier: "sort",
    completionsPerTask: 6,
  },
  phase: "collecting",
  prompts: { total: 1240, heldout: 124, unanswered: 90 },
  demonstrations: { accepted: 3, toReview: 1 },
  policy: { model, answers: 360 },
  rankings: { done: 23, wanted: 60, simulated: 14, usable: 83, hoursLeft: 3 },
  reward: { model, accuracy: 0.83, runId: "r" as RunId },
  ppo: { runs: 1, runId: "p" as RunId, rewardBefore: 0.12, rewardAfter: 1.31 },
  proof: [
    { round: 1, exact: 0.47 },
    { round: 2, exact: 0.71 },
  ],
  moving: [],
  running: null,
};

test("a station says its figure and what waits there", () => {
  const words = stationWords(speaker("en"), loop, "admin");
  expect(words.prompts).toMatchObject({ figure: "1,240", waiting: "90 unanswered" });
  expect(words.policy).toMatchObject({ figure: "policy 2", waiting: "360 answers" });
  expect(words.rankings).toMatchObject({
    figure: "23 of 60",
    waiting: "37 to go, 14 simulated",
    href: "/label/rank",
  });
  expect(words.reward).toMatchObject({ figure: "83%", waiting: "23 new rankings" });
  expect(words.ppo.waiting).toBe("reward 0.12 → 1.31");
  expect(proofWords(speaker("en"), loop).figure).toBe("47% → 71%");
});

test("a researcher is only led where a researcher may go", () => {
  const words = stationWords(speaker("en"), loop, "researcher");
  for (const name of stationNames) {
    expect(words[name].href).toMatch(/^\/(research\/|curate\/campaigns\/c)/);
  }
});

test("in Korean every station and edge has words", () => {
  const said = [
    ...Object.values(stationWords(speaker("ko"), loop, "admin")),
    proofWords(speaker("ko"), { ...loop, campaign: { ...loop.campaign, verifier: null } }),
  ];
  for (const { title, figure, unit, waiting } of said) {
    expect(`${title} ${figure} ${unit} ${waiting}`).not.toMatch(/[{}]|undefined/);
  }
});

test("the job stands on its edge alone, with its share and the time left", () => {
  const moving = {
    edge: "practise",
    job: "train-round",
    jobId: "j" as JobId,
    runId: "p" as RunId,
    progress: 0.35,
    queued: false,
    secondsLeft: 48,
  } as const;
  const words = edgeWords(speaker("en"), { ...loop, moving: [moving] });
  expect(words.practise.running).toEqual({ progress: 0.35, text: "35% · 48 seconds left" });
  expect(edgeNames.filter((name) => words[name].running)).toEqual(["practise"]);
  const queued = edgeWords(speaker("en"), { ...loop, moving: [{ ...moving, queued: true }] });
  expect(queued.practise.running?.text).toBe("waits for the worker");
});

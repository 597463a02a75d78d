import { expect, test } from "vitest";
import { catalogues } from "@/app/lib/i18n/catalogue";
import { formatMessage } from "@/app/lib/i18n/format";
import type { Locale } from "@/app/lib/i18n/locale";
import { campaignState, type RoundPhase } from "./campaign-state";

const speaker = (locale: Locale) => ({
  locale,
  t: (key: string, values = {}) =>
    formatMessage((catalogues[locale].curate as Record<string, string>)[key], values, locale),
});
const collecting = { status: "open", phase: "collecting", round: 2, wanted: 60 } as const;

test.each([
  [{ done: 23, hoursLeft: 3 }, "Round 2: 23 of 60 rankings, about 3 hours left at today's pace."],
  [{ done: 23, hoursLeft: null }, "Round 2: 23 of 60 rankings."],
  [{ done: 60, hoursLeft: 0 }, "Round 2: all 60 rankings are in, ready to train."],
])("while collecting it tells how far and how long: %o", (where, sentence) => {
  expect(campaignState(speaker("en"), { ...collecting, ...where })).toBe(sentence);
});

const phases: RoundPhase[] = [
  "answering",
  "collecting",
  "training",
  "trained",
  "improving",
  "improved",
  "done",
  "failed",
];
test.each(phases)("%s has a sentence of its own in both languages", (phase) => {
  for (const locale of ["en", "ko"] as const) {
    const said = campaignState(speaker(locale), { ...collecting, phase, done: 1 });
    expect(said).toMatch(/2.*[.요)]/);
    expect(said).not.toMatch(/[{}]/);
  }
});

test("what an admin decided goes before what the round does", () => {
  const at = { ...collecting, done: 5 };
  expect(campaignState(speaker("en"), { ...at, status: "paused" })).toMatch(/^Paused in round 2/);
  expect(campaignState(speaker("en"), { ...at, status: "draft", phase: null })).toMatch(/^A draft/);
});

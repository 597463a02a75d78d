import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { runKinds } from "@/server/domain/run-kinds";
import { writeTrainingOptions } from "@/server/jobs/training-options";
import { foldersIn } from "@/server/services/folders";
import { trainingOptions } from "@/server/services/training-options";
import { meaningOf } from "./option-meanings";
import { koreanSources } from "./option-sources-ko";

test("every option that the form asks for is explained in Korean, and no source is a stale one", async () => {
  const data = await mkdtemp(path.join(tmpdir(), "revealed-words-"));
  const folders = foldersIn(data);
  await writeTrainingOptions(folders);
  const { trainers } = (await trainingOptions({ folders }))!;
  await rm(data, { recursive: true });
  const sources = new Set<string>();
  for (const kind of runKinds) {
    const { options, suited, presets } = trainers[kind];
    for (const option of options) {
      expect(meaningOf(option, "ko")).toMatch(/\p{Script=Hangul}/u);
      sources.add(option.source);
    }
    for (const chosen of [...Object.values(suited), ...Object.values(presets)])
      for (const { why } of Object.values(chosen)) sources.add(why);
  }
  // "0.1, Ziegler et al. 2019": names and years, which are the same in both languages
  const citation = /^[\w.-]+, (([A-Z][\w-]*|and|et al\.|\d{4}|\(\w+\))\s?)+$/;
  const english = [...sources].filter((one) => !(one in koreanSources) && !citation.test(one));
  expect(english).toEqual([]);
  expect(Object.keys(koreanSources).filter((source) => !sources.has(source))).toEqual([]);
});

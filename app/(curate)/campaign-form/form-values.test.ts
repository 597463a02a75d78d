import { expect, test } from "vitest";
import { zCampaignSettings } from "@/server/domain/campaign";
import { newCampaign, pairsOf, settingsOf, wrongs } from "./form-values";

const values = { ...newCampaign("m"), name: "Sorting" };

test("the defaults can be sent once there is a name", () => {
  expect(Object.keys(wrongs(newCampaign("")))).toEqual(["name"]);
  expect(wrongs(values)).toEqual({});
  expect(zCampaignSettings.parse(settingsOf(values))).toMatchObject({
    name: "Sorting",
    policyModelId: "m",
    verifier: null,
    sampling: { temperature: 1 },
  });
});

test("empty sampling fields are left to the model, and an empty choice is none", () => {
  const { sampling, policyModelId } = settingsOf({
    ...values,
    temperature: null,
    policyModelId: "",
  });
  expect(sampling).toEqual({});
  expect(policyModelId).toBeNull();
});

test.each([
  [{ tasksPerRound: 1.5 }, "tasksPerRound"],
  [{ overlap: 21 }, "overlap"],
  [{ temperature: 2.1 }, "temperature"],
  [{ topP: 0 }, "topP"],
  [{ maxNewTokens: 0 }, "maxNewTokens"],
])("%o is pointed out at its field, as the server would", (change, field) => {
  const changed = { ...values, ...change };
  expect(Object.keys(wrongs(changed))).toEqual([field]);
  expect(zCampaignSettings.safeParse(settingsOf(changed)).success).toBe(false);
});

test("a number that is no number is pointed out too", () => {
  expect(Object.keys(wrongs({ ...values, tasksPerRound: null, overlap: null }))).toEqual([
    "tasksPerRound",
    "overlap",
  ]);
});

test("K answers in order are worth K(K−1)/2 comparisons", () => {
  expect([4, 6, 9].map(pairsOf)).toEqual([6, 15, 36]);
});

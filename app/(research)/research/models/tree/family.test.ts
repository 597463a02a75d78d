import { expect, test } from "vitest";
import { zCampaignId } from "@/server/domain/ids";
import { type Branch, familyOf, familyWithin } from "./family";
import { made as model } from "./testing";

type Names = [string, Names[]];
const names = ({ model, children }: Branch): Names => [model.name, children.map(names)];

test("children stand under their parent, oldest first, whatever the order given", () => {
  const family = familyOf([
    model("c", "b", 4),
    model("rm", "a", 3),
    model("b", "a", 2),
    model("a", null, 1),
    model("lone", "gone", 5),
  ]);
  expect(family.map(names)).toEqual([
    ["a", [["b", [["c", []]]], ["rm", []]]],
    ["lone", []],
  ]);
});

test("a circle loses no model", () => {
  const family = familyOf([model("x", "y", 1), model("y", "x", 2)]);
  expect(family.map(names)).toEqual([["x", [["y", []]]]]);
});

test("a campaign's family holds its models, their ancestors, and what scored them", () => {
  const campaignId = zCampaignId.parse("c");
  const reward = model("reward", "base", 2);
  const mine = model("mine", "base", 3, { campaignId, rewardModelIds: [reward.id ]});
  const all = [mine, model("other", "base", 4), reward, model("base", null, 1)];
  expect(familyWithin(all, campaignId).map(({ name }) => name)).toEqual(["mine", "reward", "base"]);
  expect(familyWithin(all, null)).toEqual(all);
});

import { expect, test } from "vitest";
import { zModelId } from "@/server/domain/ids";
import { type Branch, familyOf } from "./family";

const model = (id: string, parent: string | null, day: number) => ({
  id: zModelId.parse(id),
  name: id,
  kind: "policy" as const,
  architecture: "LlamaForCausalLM",
  parameters: 1,
  hash: id,
  parentId: parent === null ? null : zModelId.parse(parent),
  runId: null,
  runKind: null,
  campaignId: null,
  campaignName: null,
  exact: null,
  source: "trained" as const,
  createdAt: new Date(2026, 0, day),
});
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

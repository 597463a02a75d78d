import { zModelId } from "@/server/domain/ids";
import type { ModelSummary } from "@/server/services/models-view";

/** A model of that name, made from another on that day. */
export const made = (
  name: string,
  parent: string | null,
  day: number,
  change: Partial<ModelSummary> = {},
): ModelSummary => ({
  id: zModelId.parse(name),
  name,
  kind: "policy",
  architecture: "LlamaForCausalLM",
  parameters: 1,
  hash: name,
  parentId: parent === null ? null : zModelId.parse(parent),
  runId: null,
  runKind: null,
  rewardModelIds: [],
  members: null,
  round: null,
  campaignId: null,
  campaignName: null,
  exact: null,
  source: "trained",
  createdAt: new Date(2026, 0, day),
  ...change,
});

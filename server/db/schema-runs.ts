import type * as Ids from "../domain/ids";
import type { PtxTexts, RewardSecrets, RewardSource } from "../domain/reward-source";
import type { HeldoutReport } from "../domain/heldout-report";
import { createdAt, integer, json, optional, primaryKey, ref, table } from "./kit";
import { model, run } from "./schema";

/** What a run is made from beyond models, a campaign and a snapshot. */
export const runInput = table(
  "run_input",
  {
    runId: ref<Ids.RunId>(() => run.id),
    /** What rewards its answers; null where its reward model alone does. */
    reward: optional.json<RewardSource>(),
    /** Header values of endpoints. The worker reads them; nothing sends them anywhere else. */
    secrets: optional.json<RewardSecrets>(),
    ptx: optional.json<PtxTexts>(),
  },
  (t) => [primaryKey({ columns: [t.runId] })],
);

/** How a reward model does on the rankings of prompts that it never learnt from. */
export const runReport = table(
  "run_report",
  {
    runId: ref<Ids.RunId>(() => run.id),
    report: json<HeldoutReport>(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.runId] })],
);

/** A model whose folder holds several, member-1 and on: their scores are combined where they are used. */
export const ensemble = table(
  "ensemble",
  {
    modelId: ref<Ids.ModelId>(() => model.id),
    members: integer(),
  },
  (t) => [primaryKey({ columns: [t.modelId] })],
);

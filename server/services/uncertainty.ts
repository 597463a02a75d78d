import {
  completionsOfTasks,
  newestRewardModels,
  setUncertainties,
  unratedTasks,
} from "../db/queries/uncertainty";
import { write } from "../db/write";
import type { CampaignId, ModelId, RoundId, TaskId } from "../domain/ids";
import type { Services } from "./context";

/** So many reward models make an ensemble: more are slower and hardly disagree otherwise. */
const ensembleSize = 3;

/** The reward models of a campaign's latest rounds, the newest first; fewer than two cannot disagree. */
export const ensembleOf = ({ db }: Services, campaignId: CampaignId): Promise<ModelId[]> =>
  newestRewardModels(db.read, campaignId, ensembleSize);

/** The tasks of a round that no ensemble has looked at, with prompt and completions. */
export async function tasksToRate({ db }: Services, roundId: RoundId) {
  const tasks = await unratedTasks(db.read, roundId);
  const texts = await completionsOfTasks(db.read, roundId);
  return tasks.map(({ id, prompt, completionIds }) => ({
    id,
    prompt,
    completions: completionIds.map((completion) => texts.get(completion) ?? ""),
  }));
}

/** Keeps how far the ensemble disagrees on each task. */
export async function keepUncertainties(
  { db }: Services,
  found: ReadonlyMap<TaskId, number>,
): Promise<void> {
  await write(db, (tx) => setUncertainties(tx, found));
}

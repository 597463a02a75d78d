import { firstMetric, latestMetrics } from "../db/queries/circle";
import type { RunId } from "../domain/ids";
import type { Services } from "./context";

/** The names under which the trainers report what the circle shows. */
const accuracyName = "eval/accuracy";
const rewardName = "objective/scores";

/** Share of held-out pairs that a reward run orders as people do; null before it measured that. */
export const rewardAccuracy = ({ db }: Services, runId: RunId) =>
  last(db.read, runId, accuracyName);
/** Mean reward of the policy at the end of a PPO run, and at its start. */
export const lastReward = ({ db }: Services, runId: RunId) => last(db.read, runId, rewardName);
export const firstReward = async ({ db }: Services, runId: RunId): Promise<number | null> =>
  (await firstMetric(db.read, runId))?.values[rewardName] ?? null;

async function last(db: Services["db"]["read"], runId: RunId, name: string) {
  const rows = await latestMetrics(db, runId);
  return rows.find((row) => name in row.values)?.values[name] ?? null;
}

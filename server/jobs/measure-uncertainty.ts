import { distributionOf } from "../domain/distribution";
import type { TaskId } from "../domain/ids";
import { disagreement } from "../domain/quality/disagreement";
import { scoreCompletions } from "../ml/rlhf/score";
import type { CampaignRow, RoundRow } from "../services/answering";
import { ensembleOf, keepUncertainties, tasksToRate } from "../services/uncertainty";
import type { Job } from "./define-job";
import { openModel } from "./text-models";

/**
 * Rates a round's tasks by how far the campaign's reward models disagree on them, for campaigns that
 * give out first what is most in doubt. Models are opened one after the other: several need not fit.
 */
export async function measureUncertainty(
  job: Job,
  { round, campaign }: { round: RoundRow; campaign: CampaignRow },
): Promise<void> {
  if (distributionOf(campaign.config).sampling !== "uncertainty") return;
  const ensemble = await ensembleOf(job, campaign.id);
  const tasks = await tasksToRate(job, round.id);
  if (ensemble.length < 2 || tasks.length === 0) return;
  await job.progress({ message: "Reward models look for the tasks that are most in doubt" });
  const pairs = tasks.flatMap(({ prompt, completions }) =>
    completions.map((completion) => ({ prompt, completion })),
  );
  const scores: (number | null)[][] = [];
  for (const id of ensemble) {
    const model = await openModel(job, id);
    scores.push(await scoreCompletions(model, pairs, { overlong: "drop" }));
    await job.progress({});
  }
  const found = new Map<TaskId, number>();
  let at = 0;
  for (const { id, completions } of tasks) {
    const own = scores.map((all) => all.slice(at, at + completions.length));
    at += completions.length;
    // what is too long for a model to read says nothing
    const rated = disagreement(own.map((all) => all.filter((score) => score !== null)));
    if (rated !== null && own.every((all) => all.every((score) => score !== null)))
      found.set(id, rated);
  }
  await keepUncertainties(job, found);
}

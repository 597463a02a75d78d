import { z } from "zod";
import { findCampaign } from "../db/queries/campaign";
import { insertUser, simulatedUsers, type UserRow } from "../db/queries/user";
import { simulatedRankingsSince } from "../db/queries/simulation";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import { zCampaignId, type CampaignId, type JobId } from "../domain/ids";
import { letters } from "../domain/ranking";
import { CAREFUL, simulateRanking, quality } from "../domain/sorter/labeler";
import { seededUniform } from "../domain/sorter/random";
import { recordChange } from "./audit";
import { requireRole, type Actor, type Services } from "./context";
import { enqueue } from "./jobs";
import { nextTask, type LabelerTask } from "./labeling";
import { submitRanking } from "./labeling-submit";

export const zSimulate = z.object({
  campaignId: zCampaignId,
  rankings: z.int().min(1).max(100_000),
  /** How far they err: standard deviation on the scale of quality, 0 to 1. Default: careful people. */
  noise: z.number().min(0).max(1).optional(),
});
type Simulate = z.output<typeof zSimulate>;

/** Lets a program play labelers, so that the circle can be watched without a crowd; each row it writes says so. */
export async function startSimulation(
  { db }: Services,
  actor: Actor,
  input: Simulate,
): Promise<{ jobId: JobId }> {
  requireRole(actor, "admin", input.campaignId);
  return await write(db, async (tx) => {
    const campaign = await findCampaign(tx, input.campaignId);
    if (!campaign) throw new AppError("not-found", "There is no such campaign: reload the page.");
    if (campaign.verifier !== "sort")
      throw new AppError(
        "conflict",
        "Only a campaign whose answers a program can judge (sorting lists) can be played by simulated labelers.",
      );
    if (campaign.status !== "open")
      throw new AppError("conflict", `The campaign is ${campaign.status}: open it first.`);
    const key = `simulate ${input.campaignId}`;
    const about = { key, campaignId: input.campaignId, createdById: actor.id };
    const { id } = await enqueue(tx, "simulate", input, about);
    await recordChange(tx, actor, {
      action: "simulation.start",
      target: campaign,
      campaignId: campaign.id,
      after: { rankings: input.rankings, noise: input.noise },
    });
    return { jobId: id };
  });
}

/** Nobody ranks a task twice, or beside an answer of their own: one more than a task wants rankings, at least. */
async function simulatedLabelers({ db }: Services, campaignId: CampaignId): Promise<Actor[]> {
  const campaign = await findCampaign(db.read, campaignId);
  const wanted = Math.max(4, (campaign?.overlap ?? 0) + 1);
  const rows = await write(db, async (tx) => {
    const there: UserRow[] = await simulatedUsers(tx);
    for (let n = there.length + 1; n <= wanted; n++) {
      const person = { name: `Simulated labeler ${n}`, role: "labeler", simulated: true } as const;
      there.push(await insertUser(tx, person));
    }
    return there;
  });
  return rows.map(({ id, name, role, simulated, locale }) => ({
    id,
    name,
    role,
    simulated,
    locale,
  }));
}

/**
 * Ranks tasks of a sorting campaign through the services that people use, until there are `rankings` by
 * simulated labelers since `since` or nothing is left to rank.
 * @returns how many there are since then
 */
export async function playLabelers(
  ctx: Services,
  { campaignId, rankings, noise = CAREFUL.noise, since }: Simulate & { since: Date },
  onRanked: (done: number) => Promise<void>,
): Promise<number> {
  let playing = await simulatedLabelers(ctx, campaignId);
  let done = await simulatedRankingsSince(ctx.db.read, campaignId, since);
  while (done < rankings && playing.length > 0) {
    const left: Actor[] = [];
    for (const labeler of playing) {
      if (done >= rankings) break;
      const task = await nextTask(ctx, labeler, { campaignId });
      if (!task) continue;
      left.push(labeler);
      const input = { assignmentId: task.assignmentId, ranking: judge(task, labeler, noise) };
      if ((await submitRanking(ctx, labeler, input)).outcome === "accepted") done++;
      await onRanked(done);
    }
    playing = left;
  }
  return done;
}

/** A careful but noisy reader of lists; the same one judges the same task alike. */
function judge({ assignmentId, prompt, completions }: LabelerTask, labeler: Actor, noise: number) {
  const texts = completions.map((one) => one.text);
  const uniform = seededUniform(`${labeler.id} ${assignmentId}`);
  const order = simulateRanking(prompt, texts, uniform, { ...CAREFUL, noise });
  return {
    groups: order.map((group) => group.map((i) => letters[i])),
    notRankable: [],
    noneAcceptable: texts.every((text) => quality(prompt, text) < 0.5),
    seconds: 0,
  };
}

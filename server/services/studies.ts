import { z } from "zod";
import { findCampaign } from "../db/queries/campaign";
import {
  findStudy,
  insertStudy,
  participantsOf,
  rankedSince,
  studiesOf,
  updateStudy,
} from "../db/queries/study";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import { zCrowdMarket, zReturnUrl } from "../domain/crowd";
import { csvLine } from "../domain/csv";
import { type StudyId, zCampaignId, zStudyId } from "../domain/ids";
import { recordChange } from "./audit";
import { type Actor, requireRole, requireSomewhere, type Services } from "./context";

export const zNewStudy = z
  .object({
    campaignId: zCampaignId,
    name: z.string().trim().min(1, "Give it a name.").max(80, "Give at most 80 characters."),
    market: zCrowdMarket,
    tasks: z.int().min(1, "At least one ranking.").max(1000, "At most 1,000 rankings."),
    /** The completion code that the market gave; each worker gets one of their own when absent. */
    code: z
      .string()
      .trim()
      .regex(/^[\w-]{4,40}$/, "Give the code that the market shows: 4 to 40 letters and digits.")
      .nullable()
      .default(null),
    returnUrl: zReturnUrl.nullable().default(null),
  })
  .refine(({ market, code }) => market !== "prolific" || code !== null, {
    message: "Prolific gives a completion code for the study: copy it here.",
    path: ["code"],
  });

/** Opens a door of a campaign to a crowd market. Its link is the study's id with the market's parameters. */
export async function createStudy(
  { db }: Services,
  actor: Actor,
  input: z.output<typeof zNewStudy>,
): Promise<{ id: StudyId }> {
  requireRole(actor, "admin", input.campaignId);
  return await write(db, async (tx) => {
    if (!(await findCampaign(tx, input.campaignId)))
      throw new AppError("not-found", "There is no such campaign: choose another.");
    const row = await insertStudy(tx, { ...input, status: "open", createdById: actor.id });
    const { campaignId } = row;
    await recordChange(tx, actor, { action: "study.create", target: row, campaignId, after: row });
    return { id: row.id };
  });
}

export const zSetStudyStatus = z.object({ studyId: zStudyId, status: z.enum(["open", "closed"]) });

/** A closed study lets nobody new in; who is in it can finish. */
export async function setStudyStatus(
  { db }: Services,
  actor: Actor,
  { studyId, status }: z.output<typeof zSetStudyStatus>,
): Promise<void> {
  requireSomewhere(actor, "admin");
  await write(db, async (tx) => {
    const { study: before } = await existing(tx, studyId);
    requireRole(actor, "admin", before.campaignId);
    const after = await updateStudy(tx, studyId, { status });
    const { campaignId } = before;
    const about = { target: before, campaignId, before, after };
    await recordChange(tx, actor, { action: "study.change", ...about });
  });
}

async function existing(db: Parameters<typeof findStudy>[0], id: StudyId) {
  const found = await findStudy(db, id);
  if (!found) throw new AppError("not-found", "There is no such study: reload the page.");
  return found;
}

export const zStudiesOf = z.object({ campaignId: zCampaignId });

export async function listStudies(
  { db }: Services,
  actor: Actor,
  { campaignId }: z.output<typeof zStudiesOf>,
) {
  requireRole(actor, "admin", campaignId);
  return await studiesOf(db.read, campaignId);
}

export const zStudyRef = z.object({ studyId: zStudyId });

/** Who came by a study as a CSV, to approve submissions and pay by: worker, code, rankings, time. */
export async function studyCsv(
  { db }: Services,
  actor: Actor,
  { studyId }: z.output<typeof zStudyRef>,
): Promise<{ fileName: string; text: string }> {
  requireSomewhere(actor, "admin");
  const { study } = await existing(db.read, studyId);
  requireRole(actor, "admin", study.campaignId);
  const { campaignId } = study;
  const header = ["worker", "submission", "code", "started", "completed", "rankings", "minutes"];
  let text = csvLine(header);
  for (const row of await participantsOf(db.read, studyId)) {
    const since = row.createdAt;
    const work = await rankedSince(db.read, { campaignId, userId: row.userId, since });
    const minutes = Math.round(work.seconds / 6) / 10;
    text += csvLine([
      row.worker ?? row.name,
      row.submission,
      row.code,
      row.createdAt,
      row.completedAt,
      work.done,
      minutes,
    ]);
  }
  return { fileName: `study-${studyId.slice(0, 8)}.csv`, text };
}

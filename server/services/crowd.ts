import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Sql } from "../db/client";
import { findIdentity, insertIdentity } from "../db/queries/identity";
import { findMember, setMemberRow } from "../db/queries/member";
import {
  findParticipation,
  findStudy,
  insertParticipation,
  lastParticipation,
  type ParticipationRow,
  rankedSince,
  type StudyRow,
  updateParticipation,
} from "../db/queries/study";
import { findUser, insertUser, type UserRow } from "../db/queries/user";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import { type Entry, mturkHost, type WayBack, wayBack } from "../domain/crowd";
import { type StudyId, zConsentId, zStudyId } from "../domain/ids";
import { recordChange } from "./audit";
import { agreeTo, consentInForce } from "./consent";
import type { Actor, Services } from "./context";
import { labelingProgress } from "./labeling";
import { type SignedIn, startSession } from "./sessions";
import { accountFacts } from "./users";

/** What a worker reads at the door; null when there is no such study. */
export async function inspectStudy(ctx: Services, studyId: StudyId) {
  const found = await findStudy(ctx.db.read, studyId);
  if (!found) return null;
  const { study, campaign, campaignStatus } = found;
  return {
    market: study.market,
    name: study.name,
    campaign,
    tasks: study.tasks,
    open: study.status === "open" && campaignStatus === "open",
    consent: await consentInForce(ctx),
  };
}

export const zEnter = z.object({
  studyId: zStudyId,
  worker: z.string().regex(/^[\w.:@-]{2,100}$/),
  submission: z.string().max(100).nullable(),
  submitTo: z.string().max(200).nullable(),
  /** The consent text that was agreed to at the door. */
  consentId: zConsentId.nullable(),
});

/**
 * Lets a worker in by a study's link: the same worker is the same person, who labels in this campaign and does
 * nothing else. Whoever has become more than that signs in like everybody.
 */
export async function enterStudy(
  { db }: Services,
  {
    studyId,
    consentId,
    ...entry
  }: Entry & { studyId: StudyId; consentId: z.output<typeof zConsentId> | null },
  device = "",
): Promise<SignedIn> {
  return await write(db, async (tx) => {
    const found = await findStudy(tx, studyId);
    if (!found) throw new AppError("not-found", "There is no such study: check the link.");
    const { study, campaignStatus } = found;
    const known = await findIdentity(tx, { provider: study.market, subject: entry.worker });
    const before = known && (await findParticipation(tx, studyId, known.userId));
    if (!before && (study.status !== "open" || campaignStatus !== "open"))
      throw new AppError("conflict", "This study is closed: return the submission at the market.");
    const person = known
      ? await findUser(tx, known.userId)
      : await newWorker(tx, study, entry.worker);
    if (!person || person.disabledAt || person.role !== "guest")
      throw new AppError("forbidden", "This worker cannot come in by a link: write to us.");
    if (consentId) await agreeTo(tx, person.id, consentId);
    await admit(tx, study, person);
    const { submission } = entry;
    const submitTo = mturkHost(entry.submitTo);
    if (!before)
      await insertParticipation(tx, {
        studyId,
        userId: person.id,
        submission,
        submitTo,
        code: study.code ?? randomBytes(6).toString("hex").toUpperCase(),
      });
    else if (submission) await updateParticipation(tx, before.id, { submission, submitTo });
    return await startSession(tx, person.id, { method: "crowd", device });
  });
}

const marketNames = { prolific: "Prolific", mturk: "MTurk", other: "Worker" } as const;

async function newWorker(tx: Sql, study: StudyRow, worker: string): Promise<UserRow> {
  const row = await insertUser(tx, {
    name: `${marketNames[study.market]} ${worker.slice(-6)}`,
    role: "guest",
  });
  await insertIdentity(tx, { provider: study.market, subject: worker, userId: row.id });
  await recordChange(tx, row, {
    action: "user.join",
    target: row,
    campaignId: study.campaignId,
    after: { ...accountFacts(row), studyId: study.id },
  });
  return row;
}

async function admit(tx: Sql, { campaignId }: StudyRow, person: UserRow): Promise<void> {
  const member = await findMember(tx, campaignId, person.id);
  if (member?.role === "labeler") return;
  if (member)
    throw new AppError("forbidden", "This worker has a wider role here: sign in instead.");
  await setMemberRow(tx, { campaignId, userId: person.id, role: "labeler" });
  await recordChange(tx, person, {
    action: "member.set",
    target: person,
    campaignId,
    after: { role: "labeler" },
  });
}

export interface OwnPart {
  studyId: StudyId;
  campaignId: StudyRow["campaignId"];
  tasks: number;
  done: number;
  /** There when the part is done. */
  completed: { code: string; back: WayBack } | null;
}

/**
 * The study that the actor takes part in now; null when they came by none. It is completed when as many rankings
 * are given as it asks for, or none is left to give; then the code is told.
 */
export async function ownPart(ctx: Services, actor: Actor): Promise<OwnPart | null> {
  const found = await lastParticipation(ctx.db.read, actor.id);
  if (!found) return null;
  const { study, participation: part } = found;
  const { id: studyId, campaignId, tasks } = study;
  const since = part.createdAt;
  const { done } = await rankedSince(ctx.db.read, { campaignId, userId: actor.id, since });
  const complete =
    part.completedAt !== null || done >= tasks || (await nothingLeft(ctx, actor, study, done));
  if (complete && !part.completedAt) await finish(ctx, part);
  const completed = complete ? { code: part.code, back: wayBack(study, part) } : null;
  return { studyId, campaignId, tasks, done, completed };
}

/** Who has worked is paid, though others have ranked the rest meanwhile. */
async function nothingLeft(ctx: Services, actor: Actor, study: StudyRow, done: number) {
  if (done === 0) return false;
  const rounds = await labelingProgress(ctx, actor);
  return !rounds.some((row) => row.campaignId === study.campaignId && row.left > 0);
}

const finish = ({ db }: Services, { id }: ParticipationRow): Promise<void> =>
  write(db, (tx) => updateParticipation(tx, id, { completedAt: new Date() }));

import { z } from "zod";
import type { Reader, Sql } from "../db/client";
import { campaignAgreementsOf } from "../db/queries/campaign-consent";
import {
  agreementsOf,
  consentVersions,
  hasAgreed,
  insertAgreement,
  insertConsent,
  latestConsent,
} from "../db/queries/consent";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import { type ConsentId, type UserId, zConsentId } from "../domain/ids";
import { recordChange } from "./audit";
import { type Actor, requireRole, type Services } from "./context";

/** A text that somebody has not agreed to yet. */
export interface PendingConsent {
  id: ConsentId;
  version: number;
  text: string;
}

async function pendingOf(db: Reader, userId: UserId): Promise<PendingConsent | null> {
  const latest = await latestConsent(db);
  if (!latest || latest.text === "" || (await hasAgreed(db, latest.id, userId))) return null;
  return { id: latest.id, version: latest.version, text: latest.text };
}

/** What the actor must agree to before they label; null when nothing. Programs agree to nothing. */
export const pendingConsent = async ({ db }: Services, actor: Actor) =>
  actor.simulated ? null : await pendingOf(db.read, actor.id);

/** What somebody who has no account yet will be asked; null when nothing. */
export async function consentInForce({ db }: Services): Promise<PendingConsent | null> {
  const latest = await latestConsent(db.read);
  return latest && latest.text !== "" ? latest : null;
}

/** @throws AppError forbidden while the actor has not agreed to the text in force */
export async function requireConsent(db: Reader, actor: Actor): Promise<void> {
  if (actor.simulated || !(await pendingOf(db, actor.id))) return;
  throw new AppError(
    "forbidden",
    "The consent text is new or has changed: reload the page, read it, and agree to it to go on. What you began is kept.",
  );
}

export const zAgree = z.object({ consentId: zConsentId });

/** Keeps that somebody agreed, in the transaction that lets them in. @throws AppError conflict on an old version */
export async function agreeTo(tx: Sql, userId: UserId, consentId: ConsentId): Promise<void> {
  const latest = await latestConsent(tx);
  if (latest?.id !== consentId)
    throw new AppError("conflict", "The text has changed meanwhile: reload the page and read it.");
  await insertAgreement(tx, consentId, userId);
}

export async function agree(
  { db }: Services,
  actor: Actor,
  { consentId }: z.output<typeof zAgree>,
): Promise<void> {
  await write(db, (tx) => agreeTo(tx, actor.id, consentId));
}

export const zPublishConsent = z.object({
  /** Markdown; empty: nothing is asked any more. */
  text: z.string().trim().max(50_000, "Write at most 50,000 characters."),
});

/** Puts a new version in force; everybody who labels is asked again at their next request. */
export async function publishConsent(
  { db }: Services,
  actor: Actor,
  { text }: z.output<typeof zPublishConsent>,
): Promise<{ version: number }> {
  requireRole(actor, "admin");
  return await write(db, async (tx) => {
    const before = await latestConsent(tx);
    if ((before?.text ?? "") === text)
      throw new AppError("conflict", "This is the text in force already: change it first.");
    const version = (before?.version ?? 0) + 1;
    const { id } = await insertConsent(tx, { version, text, createdById: actor.id });
    await recordChange(tx, actor, {
      action: "consent.publish",
      target: { id, name: String(version) },
      before: before && { version: before.version, text: before.text },
      after: { version, text },
    });
    return { version };
  });
}

/** Every version with how many agreed, newest first. */
export async function listConsents({ db }: Services, actor: Actor) {
  requireRole(actor, "admin");
  return await consentVersions(db.read);
}

/** What a person agreed to, and when: of the install's text (campaign null), then of campaigns' own. */
export const agreementsIn = async (db: Reader, userId: UserId) => [
  ...(await agreementsOf(db, userId)).map((row) => Object.assign(row, { campaign: null })),
  ...(await campaignAgreementsOf(db, userId)),
];

export const ownAgreements = ({ db }: Services, actor: Actor) => agreementsIn(db.read, actor.id);

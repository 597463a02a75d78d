import { z } from "zod";
import type { Reader } from "../db/client";
import { findCampaign, updateCampaign } from "../db/queries/campaign";
import { agreedConsents } from "../db/queries/campaign-consent";
import {
  enteredOf,
  entryCounts,
  insertScreening,
  openCampaigns,
  quizzesOf,
  screeningOf,
} from "../db/queries/entry";
import { labelerTraits } from "../db/queries/distribution";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import { distributionOf, isQualified } from "../domain/distribution";
import { entryOf, isAccepted, isAgreed, mayEnter, zEntry } from "../domain/entry";
import { type CampaignId, zCampaignId } from "../domain/ids";
import { recordChange } from "./audit";
import { campaignConsentOf, requireCampaignConsent } from "./campaign-consent";
import { type Actor, requireRole, requireSomewhere, type Services } from "./context";
import { reachOf, requireLabelerIn } from "./members";

export const zEntryRef = z.object({ campaignId: zCampaignId });

export async function openCampaignFor(db: Reader, actor: Actor, campaignId: CampaignId) {
  const campaign = await findCampaign(db, campaignId);
  if (campaign?.status !== "open")
    throw new AppError("not-found", "This campaign is not open: go back to your tasks.");
  requireLabelerIn(actor, campaign);
  return campaign;
}

/** The open campaigns that this person has yet to enter: they give no tasks before. A program enters anywhere. */
export async function yetToEnter({ db }: Services, actor: Actor) {
  requireSomewhere(actor, "labeler");
  if (actor.simulated) return [];
  const open = await openCampaigns(db.read, reachOf(actor, "labeler"));
  const { screened, passed } = await enteredOf(db.read, actor.id);
  const agreed = await agreedConsents(db.read, actor.id);
  const { qualifications } = await labelerTraits(db.read, actor.id);
  return open
    .filter(
      ({ id, config }) =>
        !isAgreed(config, agreed) ||
        !mayEnter(entryOf(config), { screened: screened.has(id), passed: passed.has(id) }) ||
        !isQualified(distributionOf(config), qualifications),
    )
    .map(({ id, name }) => ({ campaignId: id, name }));
}

/** How far a person is on the way in: what they agree to, what is asked, what they said, which attempts are left. */
export async function getEntry(
  { db }: Services,
  actor: Actor,
  { campaignId }: z.output<typeof zEntryRef>,
) {
  const campaign = await openCampaignFor(db.read, actor, campaignId);
  const { screening, quiz } = entryOf(campaign.config);
  const answered = await screeningOf(db.read, campaignId, actor.id);
  const attempts = await quizzesOf(db.read, campaignId, actor.id);
  const ended = attempts.filter((row) => row.endedAt !== null);
  const { qualification } = distributionOf(campaign.config);
  const { qualifications } = await labelerTraits(db.read, actor.id);
  return {
    campaign: { id: campaignId, name: campaign.name, guidelines: campaign.guidelines },
    consent: await campaignConsentOf(db.read, actor, campaign),
    screening:
      screening.length === 0
        ? null
        : {
            state: answered ? (answered.accepted ? "accepted" : "refused") : "asked",
            questions: screening.map(({ id, text, options }) => ({ id, text, options })),
          },
    quiz: quiz && {
      ...quiz,
      passed: ended.some((row) => row.passed),
      begun: attempts.some((row) => row.endedAt === null),
      attemptsLeft: Math.max(0, quiz.attempts - ended.length),
      lastId: ended[0]?.id ?? null,
    },
    /** What its labelers must be good at; whoever passes the quiz is taken to be. */
    qualification:
      qualification === ""
        ? null
        : { name: qualification, had: isQualified({ qualification }, qualifications) },
  };
}
export type EntryState = Awaited<ReturnType<typeof getEntry>>;

export const zAnswerScreening = z.object({
  campaignId: zCampaignId,
  answers: z.record(z.string().max(40), z.string().max(120)),
});

/** Answered once: what was said stays. */
export async function answerScreening(
  { db }: Services,
  actor: Actor,
  { campaignId, answers }: z.output<typeof zAnswerScreening>,
): Promise<{ accepted: boolean }> {
  return await write(db, async (tx) => {
    const campaign = await openCampaignFor(tx, actor, campaignId);
    await requireCampaignConsent(tx, actor, campaign);
    const before = await screeningOf(tx, campaignId, actor.id);
    if (before) return { accepted: before.accepted };
    const { screening } = entryOf(campaign.config);
    const missing = screening.find(({ id, options }) => !options.includes(answers[id] ?? ""));
    if (missing) throw new AppError("bad-input", `Choose an answer to “${missing.text}” to go on.`);
    const given = Object.fromEntries(screening.map(({ id }) => [id, answers[id]]));
    const accepted = isAccepted(screening, given);
    await insertScreening(tx, { campaignId, userId: actor.id, answers: given, accepted });
    await recordChange(tx, actor, {
      action: "user.screening",
      target: actor,
      campaignId,
      after: { answers: given, accepted },
    });
    return { accepted };
  });
}

/** What a campaign asks of people before they enter, and how those who came did. */
export async function getEntrySettings(
  { db }: Services,
  actor: Actor,
  { campaignId }: z.output<typeof zEntryRef>,
) {
  requireRole(actor, "researcher", campaignId);
  const campaign = await findCampaign(db.read, campaignId);
  if (!campaign)
    throw new AppError("not-found", "There is no such campaign: it may have been removed.");
  const { qualification } = distributionOf(campaign.config);
  return {
    entry: entryOf(campaign.config),
    qualification,
    ...(await entryCounts(db.read, campaignId)),
  };
}

export const zConfigureEntry = z.object({ campaignId: zCampaignId, entry: zEntry });

/** Who has entered stays in, whatever is asked of others from now on, unless a new kind of test is added. */
export async function configureEntry(
  { db }: Services,
  actor: Actor,
  { campaignId, entry }: z.output<typeof zConfigureEntry>,
): Promise<void> {
  requireRole(actor, "admin", campaignId);
  await write(db, async (tx) => {
    const campaign = await findCampaign(tx, campaignId);
    if (!campaign)
      throw new AppError("not-found", "There is no such campaign: it may have been removed.");
    const { gold } = await entryCounts(tx, campaignId);
    if (entry.quiz && gold < entry.quiz.items)
      throw new AppError(
        "conflict",
        `The quiz asks for ${entry.quiz.items} gold tasks and the campaign has ${gold} in use: make more gold, or ask for fewer.`,
      );
    const before = entryOf(campaign.config);
    await updateCampaign(tx, campaignId, { config: { ...campaign.config, entry } });
    await recordChange(tx, actor, {
      action: "campaign.entry",
      target: campaign,
      campaignId,
      before: { ...before },
      after: { ...entry },
    });
  });
}

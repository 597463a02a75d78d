import {
  answerScreening,
  configureEntry,
  getEntry,
  getEntrySettings,
  zAnswerScreening,
  zConfigureEntry,
  zEntryRef,
} from "../services/entry";
import {
  agreeToCampaign,
  listCampaignConsents,
  publishCampaignConsent,
  zAgreeToCampaign,
  zCampaignConsents,
  zPublishCampaignConsent,
} from "../services/campaign-consent";
import { answerQuiz, quizResult, takeQuiz, zAnswerQuiz, zQuizRef } from "../services/quiz";
import { adminProcedure, labelerProcedure, researcherProcedure, router } from "./trpc";

/** The way into a campaign: consent, screening and quiz. */
export const entry = router({
  settings: researcherProcedure
    .input(zEntryRef)
    .query(({ ctx, input }) => getEntrySettings(ctx, ctx.actor, input)),
  configure: adminProcedure
    .input(zConfigureEntry)
    .mutation(({ ctx, input }) => configureEntry(ctx, ctx.actor, input)),
  consents: researcherProcedure
    .input(zCampaignConsents)
    .query(({ ctx, input }) => listCampaignConsents(ctx, ctx.actor, input)),
  publishConsent: adminProcedure
    .input(zPublishCampaignConsent)
    .mutation(({ ctx, input }) => publishCampaignConsent(ctx, ctx.actor, input)),
  agree: labelerProcedure
    .input(zAgreeToCampaign)
    .mutation(({ ctx, input }) => agreeToCampaign(ctx, ctx.actor, input)),
  get: labelerProcedure.input(zEntryRef).query(({ ctx, input }) => getEntry(ctx, ctx.actor, input)),
  screen: labelerProcedure
    .input(zAnswerScreening)
    .mutation(({ ctx, input }) => answerScreening(ctx, ctx.actor, input)),
  /** A mutation, for it begins an attempt. */
  takeQuiz: labelerProcedure
    .input(zEntryRef)
    .mutation(({ ctx, input }) => takeQuiz(ctx, ctx.actor, input)),
  answer: labelerProcedure
    .input(zAnswerQuiz)
    .mutation(({ ctx, input }) => answerQuiz(ctx, ctx.actor, input)),
  result: labelerProcedure
    .input(zQuizRef)
    .query(({ ctx, input }) => quizResult(ctx, ctx.actor, input)),
});

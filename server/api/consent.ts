import { agree, listConsents, publishConsent, zAgree, zPublishConsent } from "../services/consent";
import { adminProcedure, memberProcedure, router } from "./trpc";

/** What labelers agree to before they work. */
export const consent = router({
  agree: memberProcedure.input(zAgree).mutation(({ ctx, input }) => agree(ctx, ctx.actor, input)),
  versions: adminProcedure.query(({ ctx }) => listConsents(ctx, ctx.actor)),
  publish: adminProcedure
    .input(zPublishConsent)
    .mutation(({ ctx, input }) => publishConsent(ctx, ctx.actor, input)),
});

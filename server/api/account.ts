import { endOtherSessions, endOwnSession, ownSessions, zEndSession } from "../services/sessions";
import { acceptInvite, join, zAcceptInvite, zJoin } from "../services/sign-in";
import {
  changePassword,
  getAccount,
  updateProfile,
  zChangePassword,
  zProfile,
} from "../services/users";
import { memberProcedure, publicProcedure, router } from "./trpc";

/** One's own account. */
export const account = router({
  show: memberProcedure.query(({ ctx }) => getAccount(ctx, ctx.actor)),
  update: memberProcedure
    .input(zProfile)
    .mutation(({ ctx, input }) => updateProfile(ctx, ctx.actor, input)),
  changePassword: memberProcedure
    .input(zChangePassword)
    .mutation(({ ctx, input }) => changePassword(ctx, ctx.actor, input)),
  join: publicProcedure.input(zJoin).mutation(({ ctx, input }) => join(ctx, input)),
  acceptInvite: memberProcedure
    .input(zAcceptInvite)
    .mutation(({ ctx, input }) => acceptInvite(ctx, ctx.actor, input)),
  sessions: memberProcedure.query(({ ctx }) => ownSessions(ctx, ctx.actor)),
  endSession: memberProcedure
    .input(zEndSession)
    .mutation(({ ctx, input }) => endOwnSession(ctx, ctx.actor, input)),
  endOtherSessions: memberProcedure.mutation(({ ctx }) => endOtherSessions(ctx, ctx.actor)),
});

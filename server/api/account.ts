import { endOtherSessions, endOwnSession, ownSessions, zEndSession } from "../services/sessions";
import { disconnect, ownIdentities, zDisconnect } from "../services/identities";
import { erasePerson } from "../services/person-data";
import { requestSignInLink, zRequestLink } from "../services/link-request";
import { acceptInvite, join, zAcceptInvite, zJoin } from "../services/sign-in";
import {
  changePassword,
  getAccount,
  updateProfile,
  zChangePassword,
  zProfile,
} from "../services/users";
import { AppError } from "../domain/app-error";
import { linkLimit } from "./sign-in-limit";
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
  requestLink: publicProcedure.input(zRequestLink).mutation(({ ctx, input }) => {
    if (linkLimit.isReached(input.email))
      throw new AppError(
        "too-many",
        "A link was asked for several times with this address: look in the mailbox, or wait a quarter of an hour.",
      );
    linkLimit.count(input.email);
    return requestSignInLink(ctx, input);
  }),
  identities: memberProcedure.query(({ ctx }) => ownIdentities(ctx, ctx.actor)),
  erase: memberProcedure.mutation(({ ctx }) =>
    erasePerson(ctx, ctx.actor, { userId: ctx.actor.id }),
  ),
  disconnect: memberProcedure
    .input(zDisconnect)
    .mutation(({ ctx, input }) => disconnect(ctx, ctx.actor, input)),
  acceptInvite: memberProcedure
    .input(zAcceptInvite)
    .mutation(({ ctx, input }) => acceptInvite(ctx, ctx.actor, input)),
  sessions: memberProcedure.query(({ ctx }) => ownSessions(ctx, ctx.actor)),
  endSession: memberProcedure
    .input(zEndSession)
    .mutation(({ ctx, input }) => endOwnSession(ctx, ctx.actor, input)),
  endOtherSessions: memberProcedure.mutation(({ ctx }) => endOtherSessions(ctx, ctx.actor)),
});

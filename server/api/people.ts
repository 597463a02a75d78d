import {
  createInvite,
  createSignInLink,
  listInvites,
  revokeInvite,
  zNewInvite,
  zRevokeInvite,
  zSignInLink,
} from "../services/invites";
import { listPeople } from "../services/people";
import { setDisabled, setRole, zSetDisabled, zSetRole } from "../services/users";
import { adminProcedure, router } from "./trpc";

/** Users and the links that let them in. */
export const people = router({
  list: adminProcedure.query(({ ctx }) => listPeople(ctx, ctx.actor)),
  setRole: adminProcedure
    .input(zSetRole)
    .mutation(({ ctx, input }) => setRole(ctx, ctx.actor, input)),
  setDisabled: adminProcedure
    .input(zSetDisabled)
    .mutation(({ ctx, input }) => setDisabled(ctx, ctx.actor, input)),
  signInLink: adminProcedure
    .input(zSignInLink)
    .mutation(({ ctx, input }) => createSignInLink(ctx, ctx.actor, input)),
  invites: adminProcedure.query(({ ctx }) => listInvites(ctx, ctx.actor)),
  invite: adminProcedure
    .input(zNewInvite)
    .mutation(({ ctx, input }) => createInvite(ctx, ctx.actor, input)),
  revokeInvite: adminProcedure
    .input(zRevokeInvite)
    .mutation(({ ctx, input }) => revokeInvite(ctx, ctx.actor, input)),
});

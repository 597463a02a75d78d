import { listAudit, zListAudit } from "../services/audit";
import {
  createInvite,
  createSignInLink,
  listInvites,
  revokeInvite,
  zListInvites,
  zNewInvite,
  zRevokeInvite,
} from "../services/invites";
import {
  listMembers,
  removeMember,
  setAccess,
  setMember,
  zMembersOf,
  zRemoveMember,
  zSetAccess,
  zSetMember,
} from "../services/members";
import { erasePerson, zPersonData } from "../services/person-data";
import { listPeople, zListPeople } from "../services/people";
import { endSessionsOf, sessionsOfPerson, zEndSessionOf, zPersonRef } from "../services/sessions";
import { setDisabled, setRole, zSetDisabled, zSetRole } from "../services/users";
import { adminProcedure, router } from "./trpc";

/** Users, what they may do, and the links that let them in. */
export const people = router({
  list: adminProcedure
    .input(zListPeople)
    .query(({ ctx, input }) => listPeople(ctx, ctx.actor, input)),
  setRole: adminProcedure
    .input(zSetRole)
    .mutation(({ ctx, input }) => setRole(ctx, ctx.actor, input)),
  setDisabled: adminProcedure
    .input(zSetDisabled)
    .mutation(({ ctx, input }) => setDisabled(ctx, ctx.actor, input)),
  sessions: adminProcedure
    .input(zPersonRef)
    .query(({ ctx, input }) => sessionsOfPerson(ctx, ctx.actor, input)),
  endSessions: adminProcedure
    .input(zEndSessionOf)
    .mutation(({ ctx, input }) => endSessionsOf(ctx, ctx.actor, input)),
  signInLink: adminProcedure
    .input(zPersonRef)
    .mutation(({ ctx, input }) => createSignInLink(ctx, ctx.actor, input)),
  invites: adminProcedure
    .input(zListInvites.optional())
    .query(({ ctx, input }) => listInvites(ctx, ctx.actor, input)),
  invite: adminProcedure
    .input(zNewInvite)
    .mutation(({ ctx, input }) => createInvite(ctx, ctx.actor, input)),
  revokeInvite: adminProcedure
    .input(zRevokeInvite)
    .mutation(({ ctx, input }) => revokeInvite(ctx, ctx.actor, input)),
  members: adminProcedure
    .input(zMembersOf)
    .query(({ ctx, input }) => listMembers(ctx, ctx.actor, input)),
  setMember: adminProcedure
    .input(zSetMember)
    .mutation(({ ctx, input }) => setMember(ctx, ctx.actor, input)),
  removeMember: adminProcedure
    .input(zRemoveMember)
    .mutation(({ ctx, input }) => removeMember(ctx, ctx.actor, input)),
  setAccess: adminProcedure
    .input(zSetAccess)
    .mutation(({ ctx, input }) => setAccess(ctx, ctx.actor, input)),
  erase: adminProcedure
    .input(zPersonData)
    .mutation(({ ctx, input }) => erasePerson(ctx, ctx.actor, input)),
  audit: adminProcedure
    .input(zListAudit)
    .query(({ ctx, input }) => listAudit(ctx, ctx.actor, input)),
});

import {
  changePassword,
  getAccount,
  join,
  updateProfile,
  zChangePassword,
  zJoin,
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
});

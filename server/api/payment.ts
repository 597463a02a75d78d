import { listPayments, setPay, zPaymentOf, zSetPay } from "../services/payment";
import { adminProcedure, router } from "./trpc";

/** What accepted work earns. */
export const payment = router({
  list: adminProcedure
    .input(zPaymentOf)
    .query(({ ctx, input }) => listPayments(ctx, ctx.actor, input)),
  setPay: adminProcedure.input(zSetPay).mutation(({ ctx, input }) => setPay(ctx, ctx.actor, input)),
});

import { initTRPC, TRPCError } from "@trpc/server";
import superjson from "superjson";
import { z, ZodError } from "zod";
import { AppError, type ErrorCode } from "../domain/app-error";
import { maySomewhere, type Role } from "../domain/roles";
import { storable } from "../domain/storable";
import { inLanguage, issuesIn } from "./refusals/refusal";
import type { ApiContext } from "./context";

const codes = {
  "bad-input": "BAD_REQUEST",
  "not-found": "NOT_FOUND",
  forbidden: "FORBIDDEN",
  unauthenticated: "UNAUTHORIZED",
  conflict: "CONFLICT",
  "too-many": "TOO_MANY_REQUESTS",
  unavailable: "SERVICE_UNAVAILABLE",
  cancelled: "CLIENT_CLOSED_REQUEST",
  internal: "INTERNAL_SERVER_ERROR",
} as const satisfies Record<ErrorCode, TRPCError["code"]>;

const t = initTRPC.context<ApiContext>().create({
  transformer: superjson,
  errorFormatter({ shape, error, ctx }) {
    const { stack: _, ...data } = shape.data;
    const locale = ctx?.locale ?? "en";
    if (!(error.cause instanceof ZodError)) {
      const message = inLanguage(shape.message, locale);
      return { ...shape, message, data: { ...data, fields: null } };
    }
    // The form shows each message at its field; whoever calls by hand reads the sentence
    const wrong = issuesIn(error.cause, locale);
    const fields: Record<string, string[] | undefined> = z.flattenError(wrong).fieldErrors;
    return { ...shape, message: z.prettifyError(wrong), data: { ...data, fields } };
  },
});

/** Whatever a service throws leaves with a code and a sentence that is safe to show. */
const safely = t.middleware(async ({ next, path, getRawInput }) => {
  const result = await next({ getRawInput: async () => storable(await getRawInput()) });
  if (result.ok) return result;
  const { cause, code } = result.error;
  if (cause instanceof AppError)
    throw new TRPCError({ code: codes[cause.code], message: cause.message, cause });
  if (code !== "INTERNAL_SERVER_ERROR") return result;
  console.error(`${path}:`, cause ?? result.error);
  throw new TRPCError({
    code,
    message:
      "Something went wrong on the server; it is in its log. Nothing was changed: try again.",
  });
});

/** Lets in whoever has the role in all campaigns or in any; which campaign it is for, the service checks. */
const as = (role: Role) =>
  t.procedure.use(safely).use(({ ctx, next }) => {
    const { actor } = ctx;
    if (!actor) throw new AppError("unauthenticated", "Sign in first.");
    if (!maySomewhere(actor, role))
      throw new AppError(
        "forbidden",
        `Your role, ${actor.role}, does not allow this: ask an admin.`,
      );
    return next({ ctx: { ...ctx, actor } });
  });

export const { router, createCallerFactory } = t;
/** For anybody, signed in or not. */
export const publicProcedure = t.procedure.use(safely);
/** For everybody who is signed in, whatever their role. */
export const memberProcedure = t.procedure.use(safely).use(({ ctx, next }) => {
  const { actor } = ctx;
  if (!actor) throw new AppError("unauthenticated", "Sign in first.");
  return next({ ctx: { ...ctx, actor } });
});
/** For labelers, reviewers and admins. */
export const labelerProcedure = as("labeler");
/** For reviewers and admins. */
export const reviewerProcedure = as("reviewer");
/** For researchers and admins. */
export const researcherProcedure = as("researcher");
export const adminProcedure = as("admin");

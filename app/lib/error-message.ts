import { TRPCClientError } from "@trpc/client";
import type { useT } from "./i18n/client";

/** True when the server answered and said no: trying again gives the same. */
export function isFinal(error: unknown): boolean {
  if (!(error instanceof TRPCClientError)) return false;
  const status: unknown = error.data?.httpStatus;
  return typeof status === "number" && status < 500;
}

/** True when nobody is signed in any more: what was asked can be done after signing in again. */
export const isSignedOut = (error: unknown): boolean =>
  error instanceof TRPCClientError && error.data?.httpStatus === 401;

/** True when the role of who is signed in does not reach: it may again, once an admin has changed it. */
export const isForbidden = (error: unknown): boolean =>
  error instanceof TRPCClientError && error.data?.httpStatus === 403;

/** What to show for a failed call: the server's own sentence, or that it does not answer. */
export function errorMessage(error: unknown, t: ReturnType<typeof useT>): string {
  if (!(error instanceof TRPCClientError)) return t("error.unexpected");
  if (!error.data) return t("error.network");
  return isFinal(error) ? error.message : t("error.unexpected");
}

/** The messages of a refused form by field, empty when it was refused for another reason. */
export function fieldErrors(error: unknown): Record<string, string | undefined> & { any?: string } {
  if (!(error instanceof TRPCClientError)) return {};
  const fields: unknown = error.data?.fields;
  if (typeof fields !== "object" || fields === null) return {};
  const entries = Object.entries(fields).flatMap(([name, messages]) =>
    Array.isArray(messages) && messages.length > 0 ? [[name, String(messages[0])] as const] : [],
  );
  return { ...Object.fromEntries(entries), ...(entries[0] ? { any: entries[0][1] } : {}) };
}

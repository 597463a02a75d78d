import { TRPCClientError } from "@trpc/client";
import type { useT } from "./i18n/client";

/** True when the server answered and said no: trying again gives the same. */
export function isFinal(error: unknown): boolean {
  if (!(error instanceof TRPCClientError)) return false;
  const status: unknown = error.data?.httpStatus;
  return typeof status === "number" && status < 500;
}

/** What to show for a failed call: the server's own sentence, or that it does not answer. */
export function errorMessage(error: unknown, t: ReturnType<typeof useT>): string {
  if (!(error instanceof TRPCClientError)) return t("error.unexpected");
  if (!error.data) return t("error.network");
  return isFinal(error) ? error.message : t("error.unexpected");
}

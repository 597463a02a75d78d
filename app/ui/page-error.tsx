"use client";

import { ErrorState } from "./error-state";

/** A page that failed, in its place inside the shell; the rest of the site goes on. */
export function PageError({ reset }: { error: Error; reset: () => void }) {
  return <ErrorState onRetry={reset} />;
}

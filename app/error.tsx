"use client";

import { ErrorState } from "./ui/error-state";

/** A page that failed to render: says so in its place, and tries again. */
export default function PageError({ reset }: { error: Error; reset: () => void }) {
  return (
    <main className="px-4 py-10 sm:px-8">
      <ErrorState onRetry={reset} />
    </main>
  );
}

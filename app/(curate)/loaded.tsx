"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { ErrorState } from "@/app/ui/error-state";

interface LoadedProps<Data> {
  query: UseQueryResult<Data, unknown>;
  children: (data: Data) => ReactNode;
}

/** What was asked for; until it is there that it is coming, and when it fails why and what to do. */
export function Loaded<Data>({ query, children }: LoadedProps<Data>) {
  const t = useT();
  if (query.data !== undefined) return children(query.data);
  if (query.isError) {
    return (
      <ErrorState message={errorMessage(query.error, t)} onRetry={() => void query.refetch()} />
    );
  }
  return <output className="block py-6 text-muted">{t("state.loading")}</output>;
}

"use client";

import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useT } from "@/app/lib/i18n/client";
import { Button } from "./button";

interface ErrorStateProps {
  /** What happened, what was kept, what to do: a message from the server says all three. */
  message?: ReactNode;
  title?: ReactNode;
  onRetry?: () => void;
}

/** A failure in the place of what failed. */
export function ErrorState({ message, title, onRetry }: ErrorStateProps) {
  const t = useT();
  return (
    <div role="alert" className="max-w-[65ch] border-l-4 border-danger py-2 pl-4">
      <p className="flex items-center gap-2 font-semibold">
        <TriangleAlert aria-hidden className="size-4 text-danger" />
        {title ?? t("error.title")}
      </p>
      <p className="mt-1 whitespace-pre-line">{message ?? t("error.unexpected")}</p>
      {onRetry ? (
        <Button className="mt-3" onClick={onRetry}>
          {t("action.retry")}
        </Button>
      ) : null}
    </div>
  );
}

"use client";

import { useEffect, useState } from "react";
import { useLocale } from "@/app/lib/i18n/client";
import { relativeTime } from "./relative-time-text";

/** "3 minutes ago"; the exact time on hover, in the reader's own zone. Renews itself. */
export function RelativeTime({ at }: { at: Date | string | number }) {
  const locale = useLocale();
  const date = new Date(at);
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 20_000);
    return () => clearInterval(timer);
  }, []);
  const exact =
    now === null
      ? undefined
      : date.toLocaleString(locale, { dateStyle: "full", timeStyle: "medium" });
  return (
    <time dateTime={date.toISOString()} title={exact} suppressHydrationWarning>
      {relativeTime(date.getTime(), now ?? Date.now(), locale)}
    </time>
  );
}

"use client";

import { useSyncExternalStore } from "react";
import { useLocale } from "@/app/lib/i18n/client";
import { relativeTime } from "./relative-time-text";

const every = 20_000;

function subscribe(renew: () => void) {
  const timer = setInterval(renew, every);
  return () => clearInterval(timer);
}

/** The present to 20 s, so that it is the same within a render; absent on the server, whose zone is not ours. */
const now = () => Math.ceil(Date.now() / every) * every;

/** "3 minutes ago"; the exact time on hover, in the reader's own zone. Renews itself. */
export function RelativeTime({ at }: { at: Date | string | number }) {
  const locale = useLocale();
  const date = new Date(at);
  const present = useSyncExternalStore(subscribe, now, () => null);
  const time = date.getTime();
  // what has just happened lies ahead of a present that is rounded up
  const shown = present !== null && time > present && time - present < every ? present : time;
  const exact = date.toLocaleString(locale, { dateStyle: "full", timeStyle: "medium" });
  return (
    <time
      dateTime={date.toISOString()}
      title={present === null ? undefined : exact}
      suppressHydrationWarning
    >
      {present === null ? date.toISOString().slice(0, 10) : relativeTime(shown, present, locale)}
    </time>
  );
}

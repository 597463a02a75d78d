"use client";

import { useSyncExternalStore } from "react";
import { useLocale } from "@/app/lib/i18n/client";
import { relativeTime } from "./relative-time-text";

const every = 20_000;

function subscribe(renew: () => void) {
  const timer = setInterval(renew, every);
  return () => clearInterval(timer);
}

/** The present to 20 s, so that it is the same within a render. */
const now = () => Math.ceil(Date.now() / every) * every;

const never = () => () => {};

/** "3 minutes ago"; the exact time on hover, in the reader's own zone. Renews itself. */
export function RelativeTime({ at }: { at: Date | string | number }) {
  const locale = useLocale();
  const date = new Date(at);
  const present = useSyncExternalStore(subscribe, now, now);
  // how long ago is the same everywhere, and drawn by the server at once; the exact time is in the reader's zone
  const here = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const time = date.getTime();
  // what has just happened lies ahead of a present that is rounded up
  const shown = time > present && time - present < every ? present : time;
  const exact = date.toLocaleString(locale, { dateStyle: "full", timeStyle: "medium" });
  return (
    <time dateTime={date.toISOString()} title={here ? exact : undefined} suppressHydrationWarning>
      {relativeTime(shown, present, locale)}
    </time>
  );
}

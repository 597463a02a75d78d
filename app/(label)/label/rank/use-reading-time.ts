"use client";

import { useEffect, useState } from "react";
import type { Letter } from "@/server/domain/ranking";
import type { Spent } from "./spent";
import { boxesOnPage, sharesInView } from "./seconds-in-view";

/** After so long without a sign of life nobody reads any more. */
const idleAfter = 60_000;
const tick = 1000;
const signs = ["pointermove", "pointerdown", "keydown", "scroll", "wheel", "touchmove"] as const;

interface Clock {
  /** Milliseconds that only ever grow: the time of day may be set while somebody reads. */
  now: () => number;
  visible: () => boolean;
  /** What is in view, as shares of 1. */
  inView: () => [Letter, number][];
}

/** Counts seconds while the page is in view and somebody is there. */
export function makeClock(start: Spent, { now, visible, inView }: Clock) {
  const spent: Spent = { seconds: start.seconds, each: { ...start.each } };
  let lastSign = now();
  const present = () => visible() && now() - lastSign < idleAfter;
  return {
    spent: (): Spent => spent,
    /** Somebody knows of more: this browser, from before the page was loaded again. */
    raise: (known: Spent) => {
      spent.seconds = Math.max(spent.seconds, known.seconds);
      for (const [letter, seconds] of Object.entries(known.each) as [Letter, number][])
        spent.each[letter] = Math.max(spent.each[letter] ?? 0, seconds);
    },
    present,
    sign: () => {
      lastSign = now();
    },
    tick: () => {
      if (!present()) return;
      spent.seconds += tick / 1000;
      for (const [letter, share] of inView())
        spent.each[letter] = (spent.each[letter] ?? 0) + (share * tick) / 1000;
    },
  };
}

/** Time spent from `start` on: on the task and on each completion, and whether somebody is there now. */
export function useReadingTime(start: Spent) {
  const [clock] = useState(() =>
    makeClock(start, {
      now: () => performance.now(),
      visible: () => document.visibilityState === "visible",
      inView: () =>
        sharesInView(boxesOnPage(), { top: 0, left: 0, bottom: innerHeight, right: innerWidth }),
    }),
  );
  useEffect(() => {
    clock.sign();
    const timer = setInterval(clock.tick, tick);
    for (const sign of signs) addEventListener(sign, clock.sign, { passive: true });
    return () => {
      clearInterval(timer);
      for (const sign of signs) removeEventListener(sign, clock.sign);
    };
  }, [clock]);
  return clock;
}

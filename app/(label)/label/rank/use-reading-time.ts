"use client";

import { useEffect, useState } from "react";

/** After so long without a sign of life nobody reads any more. */
const idleAfter = 60_000;
const tick = 1000;
const signs = ["pointermove", "pointerdown", "keydown", "scroll", "wheel", "touchmove"] as const;

/** Counts seconds while the page is in view and somebody is there. */
function makeClock(start: number) {
  let seconds = start;
  let lastSign = Date.now();
  const present = () => document.visibilityState === "visible" && Date.now() - lastSign < idleAfter;
  return {
    seconds: () => seconds,
    present,
    sign: () => {
      lastSign = Date.now();
    },
    tick: () => {
      if (present()) seconds += tick / 1000;
    },
  };
}

/** Time spent reading from `start` seconds on: `seconds()`, and whether somebody is there now: `present()`. */
export function useReadingTime(start: number) {
  const [clock] = useState(() => makeClock(start));
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

"use client";

import { useEffect, useState } from "react";

/** Once nobody writes. */
const lookAfter = 500;
/** Of fewer characters no language is told. */
const fewest = 40;
/** More would not make it surer. */
const most = 4000;
/** So much more like the first language than like the second, of 1. */
const margin = 0.03;

const isEnough = (text: string): boolean => text.trim().length >= fewest;

/** The language of a text, ISO 639-3, where it is long enough and one stands out. @param rank francAll of franc */
export function languageOf(
  text: string,
  rank: (text: string) => [string, number][],
): string | null {
  if (!isEnough(text)) return null;
  const [first, second] = rank(text.slice(0, most));
  if (!first || first[0] === "und") return null;
  return second && first[1] - second[1] < margin ? null : first[0];
}

/** The language that a text is written in, by its trigrams; null while it is too short or unsure. */
export function useLanguage(text: string): string | null {
  const [found, setFound] = useState<string | null>(null);
  const enough = isEnough(text);
  useEffect(() => {
    if (!enough) return;
    let gone = false;
    const look = async () => {
      const { francAll } = await import("franc-min");
      if (!gone) setFound(languageOf(text, francAll));
    };
    const timer = setTimeout(() => void look(), lookAfter);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [enough, text]);
  return enough ? found : null;
}

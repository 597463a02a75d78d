"use client";

import { useEffect, useState } from "react";
import { nothingRead, type PromptPreview, readPreview } from "./prompt-preview";
import type { PromptText } from "./prompt-text";

/** Once nobody types. */
const readAfter = 250;
/** So long a step may hold up the page, in milliseconds. */
const stepMs = 12;
const toldEvery = 300;

/** What is in a text, read while the page goes on; of a long one what is known so far. */
export function usePromptPreview({ content, fileName }: PromptText): PromptPreview {
  const [read, setRead] = useState({ content: "", preview: nothingRead });
  useEffect(() => {
    const left = new AbortController();
    const begin = async () => {
      const { personalDataIn } = await import("@/server/domain/prompts/personal-data");
      const steps = readPreview(content, fileName, personalDataIn);
      let told = performance.now();
      while (!left.signal.aborted) {
        const until = performance.now() + stepMs;
        let step = steps.next();
        while (!step.done && performance.now() < until) step = steps.next();
        if (step.done) return setRead({ content, preview: step.value });
        if (performance.now() - told > toldEvery) {
          told = performance.now();
          setRead({ content, preview: step.value });
        }
        await new Promise((resolve) => setTimeout(resolve));
      }
    };
    const timer = setTimeout(() => void begin(), content === "" ? 0 : readAfter);
    return () => {
      left.abort();
      clearTimeout(timer);
    };
  }, [content, fileName]);
  return read.content === content ? read.preview : { ...read.preview, reading: true };
}

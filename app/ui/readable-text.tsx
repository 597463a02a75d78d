"use client";

import { lazy, Suspense } from "react";

/** Fetched only where a text is markdown: short answers, as of the sorter, do without. */
const Markdown = lazy(async () => ({ default: (await import("./markdown")).Markdown }));

const signs =
  /(^|\n)\s{0,3}(#{1,6}\s|[-*+]\s|\d+[.)]\s|>\s|```|~~~|\|)|\*\*\S|`[^`\n]+`|\[[^\]\n]+\]\(|\bhttps?:\/\//;

/** Whether a text has anything that markdown would show otherwise than as it stands. */
export const looksLikeMarkdown = (text: string): boolean => signs.test(text);

/** Text of a person or a model, in its own direction: markdown where it is, else as written, blanks around it aside. */
export function ReadableText({ text }: { text: string }) {
  const words = text.trim();
  const plain = (
    <p className="prose whitespace-pre-wrap">{words === "" ? <span aria-hidden>∅</span> : words}</p>
  );
  return (
    <div dir="auto" className="min-w-0">
      {looksLikeMarkdown(text) ? (
        <Suspense fallback={plain}>
          <Markdown>{text}</Markdown>
        </Suspense>
      ) : (
        plain
      )}
    </div>
  );
}

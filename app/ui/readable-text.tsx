"use client";

import { lazy, memo, Suspense } from "react";
import { cx } from "./class-names";
import { ShownText } from "./shown-text";

/** Fetched only where a text is markdown: short answers, as of the sorter, do without. */
const Markdown = lazy(async () => ({ default: (await import("./markdown")).Markdown }));

const signs =
  /(^|\n)\s{0,3}(#{1,6}\s|[-*+]\s|\d+[.)]\s|>\s|```|~~~|\|)|\*\*\S|`[^`\n]+`|\[[^\]\n]+\]\(|\bhttps?:\/\//;

/** Longer texts are shown as written: reading them as markdown would hold up the page. */
const markdownUpTo = 60_000;
/** A long text is laid out in pieces of about so many characters, and only where it is in view. */
const pieceLength = 8000;

/** Whether a text has anything that markdown would show otherwise than as it stands. */
export const looksLikeMarkdown = (text: string): boolean =>
  text.length <= markdownUpTo && signs.test(text);

/** A text cut at line ends, or at blanks where a line has no end, into pieces of about `pieceLength`. */
export function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let at = 0;
  while (text.length - at > 2 * pieceLength) {
    const near = text.slice(at + pieceLength, at + 2 * pieceLength);
    const cut = ["\n", " "].map((sign) => near.indexOf(sign)).find((index) => index >= 0);
    let end = at + pieceLength + (cut === undefined ? 0 : cut + 1);
    if (/[\ud800-\udbff]/.test(text[end - 1])) end++; // never through a character
    pieces.push(text.slice(at, end));
    at = end;
  }
  pieces.push(text.slice(at));
  return pieces;
}

function PlainText({ words }: { words: string }) {
  const className = "prose whitespace-pre-wrap";
  if (words.length <= 2 * pieceLength)
    return (
      <p className={className}>
        {words === "" ? <span aria-hidden>∅</span> : <ShownText text={words} />}
      </p>
    );
  return (
    <div className={className}>
      {piecesOf(words).map((piece, index) => (
        // a line's own end and the piece's would be two
        // oxlint-disable-next-line react/no-array-index-key -- the pieces of a text never move
        <p key={index} className="far !mt-0">
          <ShownText text={piece.replace(/\n$/, "")} />
        </p>
      ))}
    </div>
  );
}

interface ReadableTextProps {
  text: string;
  /** Show no more than the first so many characters. */
  upTo?: number;
  className?: string;
}

/**
 * Text of a person or a model, in its own direction: markdown where it is, else as written, blanks
 * around it aside. Drawn anew only when it changes: what the server drew stays until its markdown
 * is here, and nothing moves.
 */
export const ReadableText = memo(function ReadableText(props: ReadableTextProps) {
  const { text, upTo, className } = props;
  const shown = upTo !== undefined && text.length > upTo ? `${text.slice(0, upTo)} …` : text;
  const plain = <PlainText words={shown.trim()} />;
  return (
    <div dir="auto" className={cx("min-w-0", className)}>
      {looksLikeMarkdown(shown) ? (
        <Suspense fallback={plain}>
          <Markdown>{shown}</Markdown>
        </Suspense>
      ) : (
        plain
      )}
    </div>
  );
});

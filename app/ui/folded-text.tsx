"use client";

import { type ReactNode, useState } from "react";
import { useT } from "@/app/lib/i18n/client";
import { cx } from "./class-names";
import { ShownText } from "./shown-text";

/** Longer texts are folded to about so many characters, or so many lines. */
const foldedTo = { characters: 320, lines: 8 };
/** What a button would hide is not worth it where all is no longer than this: shares of those. */
const worthIt = { characters: 1.25, lines: 1.5 };

/** The beginning of a long text, cut at a blank and never through a character; null where all of it is short. */
export function beginningOf(text: string): string | null {
  const { characters } = foldedTo;
  const most = foldedTo.lines * worthIt.lines;
  const lines = text.trimEnd().split("\n", most + 1);
  const isLong = text.length > characters * worthIt.characters;
  if (lines.length <= most && !isLong) return null;
  const byLines = (lines.length > most ? lines.slice(0, foldedTo.lines) : lines).join("\n");
  if (byLines.length <= characters) return lines.length > most ? byLines.trimEnd() : null;
  const blank = byLines.lastIndexOf(" ", characters);
  const cut = blank > characters / 2 ? blank : characters;
  return byLines.slice(0, /[\ud800-\udbff]/.test(byLines[cut - 1]) ? cut + 1 : cut).trimEnd();
}

interface FoldedTextProps {
  text: string;
  className?: string;
  /** How what is shown of it is drawn, where something in it is marked. */
  children?: (shown: string) => ReactNode;
}

/**
 * A text of a person or a model within a list, as it was written and in its own direction: what would not be seen is
 * named, and of a long one the beginning stands there with a button for the rest.
 */
export function FoldedText({ text, className, children }: FoldedTextProps) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const beginning = beginningOf(text);
  const folded = beginning !== null && !open;
  const shown = folded ? beginning : text;
  return (
    <span
      dir="auto"
      className={cx(
        "block min-w-0 wrap-anywhere whitespace-pre-wrap [unicode-bidi:plaintext]",
        className,
      )}
    >
      {text === "" ? "␣" : (children?.(shown) ?? <ShownText text={shown} />)}
      {folded && " …"}
      {beginning !== null && (
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="mx-2 min-h-6 text-accent underline-offset-2 hover:underline pointer-coarse:min-h-11"
        >
          {open ? t("text.fold") : t("text.unfold", { count: text.length })}
        </button>
      )}
    </span>
  );
}

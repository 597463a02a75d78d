"use client";

import { useT } from "@/app/lib/i18n/client";
import { Button } from "@/app/ui/button";
import { ReadableText } from "@/app/ui/readable-text";
import { Notice } from "../notices";

interface OtherTextProps {
  text: string;
  onKeep: () => void;
  onTake: () => void;
}

/** Two browsers have each gone on with one answer: neither is lost before its author has chosen. */
export function OtherText({ text, onKeep, onTake }: OtherTextProps) {
  const t = useT();
  return (
    <Notice>
      <p>{t("demonstrate.other")}</p>
      <section
        aria-label={t("demonstrate.other.text")}
        // a region that scrolls is reached by the keyboard
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="my-2 max-h-60 overflow-y-auto bg-wash p-3 text-base"
      >
        {text.trim() === "" ? t("demonstrate.other.empty") : <ReadableText text={text} />}
      </section>
      <div className="flex flex-wrap gap-2">
        <Button onClick={onKeep}>{t("demonstrate.other.keep")}</Button>
        <Button onClick={onTake}>{t("demonstrate.other.take")}</Button>
      </div>
    </Notice>
  );
}

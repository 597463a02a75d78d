"use client";

import { memo, useMemo } from "react";
import { useLocale, useT } from "@/app/lib/i18n/client";
import { type Script, scriptOf } from "@/server/domain/writing";
import type { Similar } from "@/server/services/demonstrations-similar";
import { useLanguage } from "./use-language";

function useScriptName() {
  const locale = useLocale();
  const names = new Intl.DisplayNames(locale, { type: "script" });
  return (script: Script) => names.of(script) ?? script;
}

/** In which language the answer is written, or in which script where that is all that can be told. */
export const LanguageNote = memo(function LanguageNote({ text }: { text: string }) {
  const t = useT();
  const locale = useLocale();
  const nameOf = useScriptName();
  const language = useLanguage(text);
  if (language) return <>, {new Intl.DisplayNames(locale, { type: "language" }).of(language)}</>;
  const script = scriptOf(text);
  return script && <>, {t("demonstrate.language", { language: nameOf(script) })}</>;
});

interface WritingNotesProps {
  prompt: string;
  text: string;
  similar: Similar | null;
}

/** What may be wrong with an answer: another script than the prompt's, or somebody else's words. */
export const WritingNotes = memo(function WritingNotes(props: WritingNotesProps) {
  const { prompt, text, similar } = props;
  const t = useT();
  const locale = useLocale();
  const nameOf = useScriptName();
  const asked = useMemo(() => scriptOf(prompt), [prompt]);
  const given = scriptOf(text);
  const share = (similar?.share ?? 0).toLocaleString(locale, {
    style: "percent",
    maximumFractionDigits: 0,
  });
  return (
    <div aria-live="polite" className="text-sm text-warning">
      {asked && given && asked !== given && (
        <p className="mt-2">
          {t("demonstrate.language.other", { prompt: nameOf(asked), answer: nameOf(given) })}
        </p>
      )}
      {similar && <p className="mt-2">{t(`demonstrate.similar.${similar.of}`, { share })}</p>}
    </div>
  );
});

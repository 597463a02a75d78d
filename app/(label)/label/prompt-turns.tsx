"use client";

import { useT } from "@/app/lib/i18n/client";
import { cx } from "@/app/ui/class-names";
import { ReadableText } from "@/app/ui/readable-text";
import { turnsOf } from "./rank/turns";

/** A prompt, turn by turn where it is a conversation; what is to be answered stands out. */
export function PromptTurns({ prompt }: { prompt: string }) {
  const t = useT();
  const turns = turnsOf(prompt);
  return turns.map(({ speaker, text }, index) => (
    // oxlint-disable-next-line react/no-array-index-key -- the turns of a prompt never move
    <div key={index} className={cx(index > 0 && "mt-3", speaker === null && "contents")}>
      {speaker === null ? null : <p className="text-sm text-muted">{t(`rank.turn.${speaker}`)}</p>}
      <ReadableText
        text={text}
        className={index === turns.length - 1 ? "font-semibold" : undefined}
      />
    </div>
  ));
}

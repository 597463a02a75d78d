"use client";

import { type ReactNode, useDeferredValue, useMemo, useRef, useState } from "react";
import { useT } from "@/app/lib/i18n/client";
import { Button } from "@/app/ui/button";
import { Choice } from "@/app/ui/preferences";
import { ReadableText } from "@/app/ui/readable-text";
import { RelativeTime } from "@/app/ui/relative-time";
import { TextArea } from "@/app/ui/text-area";
import { isBlank } from "@/server/domain/blank";
import type { DemonstrationTask } from "@/server/services/demonstrations";
import type { DraftState } from "@/server/services/demonstrations-draft";
import { Guidelines } from "../guidelines";
import { KeepingNotices, Notice } from "../notices";
import { PromptTurns } from "../prompt-turns";
import { OtherText } from "./other-text";
import { Templates } from "./templates";
import type { WritingState } from "./text-keeper";
import { useKeptText } from "./use-kept-text";
import { LanguageNote, WritingNotes } from "./writing-notes";

interface WritingTaskProps {
  task: DemonstrationTask;
  busy: boolean;
  error: string | null;
  /** What the server says of it; throws where it does not answer, which `error` says too. */
  onSubmit: (written: { text: string; base: string }) => Promise<DraftState>;
  /** It ended elsewhere: to the next one. */
  onNext: () => void;
  skip: ReactNode;
  /** How much is left, and what it paid so far. */
  state: ReactNode;
}

/** Words as people count them; a language without spaces counts by its own segmenter. */
const wordsIn = (text: string) =>
  [...new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)].filter(
    (part) => part.isWordLike,
  ).length;

/** One prompt and the answer in the making. */
export function WritingTask(props: WritingTaskProps) {
  const { task, busy, error, onSubmit, onNext, skip, state } = props;
  const t = useT();
  const box = useRef<HTMLTextAreaElement>(null);
  const { keeper, state: writing, similar } = useKeptText(task, box);
  const { text, failure, other, ended } = writing;
  const write = (next: string) => keeper.write(next);
  const [mode, setMode] = useState<"write" | "preview">("write");
  const [asked, setAsked] = useState(false);
  const empty = isBlank(text);
  // counting a long text takes longer than a stroke may
  const counted = useDeferredValue(text);
  const words = useMemo(() => wordsIn(counted), [counted]);
  const submit = () => {
    setAsked(true);
    if (!empty && other === null && !ended) void send();
  };
  const send = async () => {
    try {
      const there = await onSubmit(await keeper.settled());
      if (there.taken) keeper.finish();
      else keeper.compare(there);
    } catch {
      void keeper.flush(); // not sent: the draft is to be kept all the same
    }
  };
  const refused = typeof failure === "object" ? failure?.refused : null;
  return (
    <div className="mx-auto max-w-3xl">
      <header className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-2 sm:flex-nowrap">
        <div className="min-w-0">
          <h1 className="text-xl font-semibold">
            {t("demonstrate.title", { campaign: task.campaign.name })}
          </h1>
          <p className="mt-1 text-muted">{t("demonstrate.state")}</p>
          <p className="tabular flex flex-wrap gap-x-3 text-sm text-muted">{state}</p>
        </div>
        <div className="shrink-0">
          <Guidelines name={task.campaign.name} text={task.campaign.guidelines} />
        </div>
      </header>
      <KeepingNotices
        trouble={typeof failure === "string" ? failure : null}
        unsaved={writing.unsaved}
      />
      <section aria-labelledby="prompt-title" className="mb-6">
        <h2 id="prompt-title" className="text-sm text-muted">
          {t("rank.prompt")}
        </h2>
        <div>
          <PromptTurns prompt={task.prompt} />
        </div>
      </section>
      {other !== null && !ended ? (
        <OtherText
          text={other}
          onKeep={() => keeper.keepMine()}
          onTake={() => keeper.takeOther()}
        />
      ) : null}
      {ended ? (
        <Notice>
          <p>{t("demonstrate.ended")}</p>
          <Button className="mt-2" onClick={onNext}>
            {t("demonstrate.ended.next")}
          </Button>
        </Notice>
      ) : null}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {mode === "write" ? (
          <TextArea
            ref={box}
            autoComplete="off" // what a browser puts back by itself is older than what is kept
            label={t("demonstrate.answer")}
            value={text}
            onChange={(event) => write(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
            }}
            readOnly={ended || busy}
            dir="auto"
            rows={8}
            error={error ?? refused ?? (asked && empty ? t("demonstrate.empty") : null)}
          />
        ) : (
          <section aria-label={t("demonstrate.answer")} className="min-h-40">
            <p className="mb-1 text-sm font-semibold">{t("demonstrate.answer")}</p>
            <ReadableText text={text} />
          </section>
        )}
        <p className="tabular mt-1 flex flex-wrap justify-between gap-x-4 text-sm text-muted">
          <span>
            {t("demonstrate.words", { words, characters: text.length })}
            <LanguageNote text={counted} />
          </span>
          <KeptNote writing={writing} />
        </p>
        <WritingNotes prompt={task.prompt} text={counted} similar={similar} />
        {mode === "write" && task.templates.length > 0 && (
          <Templates
            templates={task.templates}
            onInsert={(template) => write(text.trim() === "" ? template : `${text}\n\n${template}`)}
          />
        )}
        <div className="mt-4 flex flex-wrap items-end justify-between gap-3">
          <Choice
            legend={t("demonstrate.view")}
            value={mode}
            options={[
              { value: "write", label: t("demonstrate.write") },
              { value: "preview", label: t("demonstrate.preview") },
            ]}
            onChange={setMode}
          />
          <div className="flex gap-2">
            {skip}
            <Button type="submit" look="primary" busy={busy} busyText={t("demonstrate.submitting")}>
              {t("demonstrate.submit")}
            </Button>
          </div>
        </div>
      </form>
    </div>
  );
}

function KeptNote({ writing: { savedAt, failure, unsaved, ended } }: { writing: WritingState }) {
  const t = useT();
  if (ended) return null;
  if (savedAt)
    return (
      <span>
        {t("demonstrate.kept")} <RelativeTime at={savedAt} />
      </span>
    );
  if (failure === "offline") return <span>{t("demonstrate.keptHere")}</span>;
  return unsaved && !failure ? <span>{t("demonstrate.unsaved")}</span> : null;
}

"use client";

import { type ReactNode, useState } from "react";
import { useT } from "@/app/lib/i18n/client";
import { Button } from "@/app/ui/button";
import { Choice } from "@/app/ui/preferences";
import { ReadableText } from "@/app/ui/readable-text";
import { RelativeTime } from "@/app/ui/relative-time";
import { TextArea } from "@/app/ui/text-area";
import type { DemonstrationTask } from "@/server/services/demonstrations";
import { Guidelines } from "../guidelines";
import { Templates } from "./templates";
import { useKeptText } from "./use-kept-text";
import { ScriptNote, WritingNotes } from "./writing-notes";

interface WritingTaskProps {
  task: DemonstrationTask;
  busy: boolean;
  error: string | null;
  onSubmit: (text: string) => void;
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
export function WritingTask({ task, busy, error, onSubmit, skip, state }: WritingTaskProps) {
  const t = useT();
  const { text, write, kept, similar } = useKeptText(task);
  const [mode, setMode] = useState<"write" | "preview">("write");
  const [asked, setAsked] = useState(false);
  const empty = text.trim() === "";
  const submit = () => {
    setAsked(true);
    if (!empty) onSubmit(text);
  };
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
        <Guidelines name={task.campaign.name} text={task.campaign.guidelines} />
      </header>
      <section aria-labelledby="prompt-title" className="mb-6">
        <h2 id="prompt-title" className="text-sm text-muted">
          {t("rank.prompt")}
        </h2>
        <div className="font-semibold">
          <ReadableText text={task.prompt} />
        </div>
      </section>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {mode === "write" ? (
          <TextArea
            label={t("demonstrate.answer")}
            value={text}
            onChange={(event) => write(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
            }}
            dir="auto"
            rows={8}
            error={error ?? (asked && empty ? t("demonstrate.empty") : null)}
          />
        ) : (
          <section aria-label={t("demonstrate.answer")} className="min-h-40">
            <p className="mb-1 text-sm font-semibold">{t("demonstrate.answer")}</p>
            <ReadableText text={text} />
          </section>
        )}
        <p className="tabular mt-1 flex flex-wrap justify-between gap-x-4 text-sm text-muted">
          <span>
            {t("demonstrate.words", { words: wordsIn(text), characters: text.length })}
            <ScriptNote text={text} />
          </span>
          <KeptNote kept={kept} />
        </p>
        <WritingNotes prompt={task.prompt} text={text} similar={similar} />
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

function KeptNote({ kept }: Pick<ReturnType<typeof useKeptText>, "kept">) {
  const t = useT();
  if (!kept) return null;
  if (kept.where === "here") return <span>{t("demonstrate.keptHere")}</span>;
  return (
    <span>
      {t("demonstrate.kept")} <RelativeTime at={kept.at} />
    </span>
  );
}

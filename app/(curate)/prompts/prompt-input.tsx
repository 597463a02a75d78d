"use client";

import type { ReactNode } from "react";
import { useT } from "@/app/lib/i18n/client";
import { TextArea } from "@/app/ui/text-area";
import { promptBatchLimit } from "@/server/domain/prompt-file";
import { FileButton } from "./file-button";
import type { PromptPreview } from "./prompt-preview";
import { type PromptText, textOfFile } from "./prompt-text";

interface PromptInputProps {
  label: ReactNode;
  value: PromptText;
  onChange: (value: PromptText) => void;
  preview: PromptPreview;
  note?: ReactNode;
}

const shownLines = 8;
const some = (lines: readonly string[]) =>
  lines.slice(0, shownLines).join(", ") + (lines.length > shownLines ? " …" : "");

/** Prompts pasted or from a file, with what is in them said at once: how many, repeats, mistakes. */
export function PromptInput({ label, value, onChange, preview, note }: PromptInputProps) {
  const t = useT();
  const read = async (file: File) =>
    onChange({ content: await textOfFile(file), fileName: file.name });
  return (
    <div className="flex flex-col gap-2">
      <TextArea
        label={label}
        note={note}
        help={t("form.prompts.help")}
        error={wrongText(t, preview.wrong)}
        value={value.content}
        onChange={(event) => onChange({ content: event.target.value, fileName: "" })}
        className="[&_textarea]:max-h-96"
        dir="auto"
        spellCheck={false}
      />
      <div className="flex flex-wrap items-center gap-3 text-sm">
        <FileButton
          label={t("form.prompts.file")}
          accept=".txt,.jsonl,.csv,.tsv,.gz,text/plain,text/csv"
          onFile={(file) => void read(file)}
        />
        {value.fileName && <span>{value.fileName}</span>}
        <output className="text-muted">
          {preview.reading && `${t("form.prompts.reading")} `}
          {preview.count > 0 && t("form.prompts.count", { count: preview.count })}
          {preview.pairs > 0 && ` ${t("given.pairs", { count: preview.pairs })}`}
        </output>
      </div>
      <Findings preview={preview} />
    </div>
  );
}

function wrongText(t: ReturnType<typeof useT>, wrong: PromptPreview["wrong"]): string | null {
  if (wrong === null) return null;
  if (wrong === "many") return t("form.prompts.many", { count: promptBatchLimit });
  const { line, field, why, length = 0 } = wrong;
  const text = t(`import.bad.${why}`, { field: field || "prompt", length });
  return t("form.prompts.bad", { line, text });
}

/** What is worth a look before it is sent: repeats, near-duplicates, what may be somebody's. */
function Findings({ preview: { repeats, near, personal } }: { preview: PromptPreview }) {
  const t = useT();
  const found = [
    repeats.length > 0 &&
      t("form.prompts.repeats", { count: repeats.length, lines: some(repeats.map(String)) }),
    near.length > 0 &&
      t("form.prompts.near", {
        count: near.length,
        lines: some(near.map(({ line, of }) => `${line} ≈ ${of}`)),
      }),
    personal.length > 0 &&
      t("form.prompts.personal", {
        count: personal.length,
        lines: some(
          personal.map(
            ({ line, kinds }) =>
              `${line} (${kinds.map((kind) => t(`import.personal.${kind}`)).join(", ")})`,
          ),
        ),
      }),
  ].filter((text) => text !== false);
  if (found.length === 0) return null;
  return (
    <output className="flex flex-col gap-1 text-sm text-muted">
      {found.map((text) => (
        <span key={text}>{text}</span>
      ))}
    </output>
  );
}

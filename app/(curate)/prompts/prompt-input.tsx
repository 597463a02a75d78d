"use client";

import type { ReactNode } from "react";
import { useT } from "@/app/lib/i18n/client";
import { TextArea } from "@/app/ui/text-area";
import { FileButton } from "./file-button";
import { type PromptPreview, textOfFile } from "./prompt-text";

export interface PromptText {
  content: string;
  /** Of the file that it came from; empty when pasted. */
  fileName: string;
}

interface PromptInputProps {
  label: ReactNode;
  value: PromptText;
  onChange: (value: PromptText) => void;
  preview: PromptPreview;
  note?: ReactNode;
}

/** Prompts pasted or from a file, with what is in them said at once: how many, repeats, mistakes. */
export function PromptInput({ label, value, onChange, preview, note }: PromptInputProps) {
  const t = useT();
  const read = async (file: File) =>
    onChange({ content: await textOfFile(file), fileName: file.name });
  const lines = preview.repeats.slice(0, 8).join(", ") + (preview.repeats.length > 8 ? " …" : "");
  return (
    <div className="flex flex-col gap-2">
      <TextArea
        label={label}
        note={note}
        help={t("form.prompts.help")}
        error={preview.wrong}
        value={value.content}
        onChange={(event) => onChange({ content: event.target.value, fileName: "" })}
        className="[&_textarea]:max-h-96"
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
          {preview.count > 0 && t("form.prompts.count", { count: preview.count })}
          {preview.pairs > 0 && ` ${t("given.pairs", { count: preview.pairs })}`}
          {preview.repeats.length > 0 &&
            ` ${t("form.prompts.repeats", { count: preview.repeats.length, lines })}`}
        </output>
      </div>
    </div>
  );
}

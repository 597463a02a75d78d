"use client";

import { useState } from "react";
import { useT } from "@/app/lib/i18n/client";
import { cx } from "@/app/ui/class-names";
import { Markdown } from "@/app/ui/markdown";
import { TextArea } from "@/app/ui/text-area";

/** Markdown, written here and seen as labelers will see it. */
export function GuidelinesField(props: { value: string; onChange: (value: string) => void }) {
  const t = useT();
  const [preview, setPreview] = useState(false);
  const choice = (shown: boolean, text: string) => (
    <button
      type="button"
      aria-pressed={preview === shown}
      onClick={() => setPreview(shown)}
      className={cx(
        "min-h-9 rounded-base px-2 text-sm pointer-coarse:min-h-11",
        preview === shown ? "bg-wash font-semibold" : "text-muted hover:text-ink",
      )}
    >
      {text}
    </button>
  );
  return (
    <div className="flex flex-col gap-1">
      <TextArea
        label={t("form.guidelines")}
        help={t("form.guidelines.help")}
        value={props.value}
        maxLength={50_000}
        rows={8}
        onChange={(event) => props.onChange(event.target.value)}
        className={preview ? "[&_textarea]:hidden" : undefined}
      />
      {preview && (
        <div className="min-h-24 rounded-base border border-line px-3 py-1.5">
          {props.value.trim() ? (
            <Markdown>{props.value}</Markdown>
          ) : (
            <p className="text-muted">{t("form.guidelines.none")}</p>
          )}
        </div>
      )}
      <div className="flex gap-1">
        {choice(false, t("form.guidelines.write"))}
        {choice(true, t("form.guidelines.preview"))}
      </div>
    </div>
  );
}

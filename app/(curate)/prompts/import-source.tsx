"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { ErrorState } from "@/app/ui/error-state";
import { Section } from "@/app/ui/page-header";
import { Progress } from "@/app/ui/progress";
import { TextArea } from "@/app/ui/text-area";
import { TextField } from "@/app/ui/text-field";
import type { CampaignId, ImportId } from "@/server/domain/ids";
import { FileButton } from "./file-button";
import { type PromptSource, readPrompts } from "./reading";

interface ImportSourceProps {
  campaignId: CampaignId;
  onRead: (importId: ImportId) => void;
}

interface State {
  share: number;
  lines: number;
}

/** Where prompts come from: a file dropped or chosen, or pasted text. */
export function ImportSource({ campaignId, onRead }: ImportSourceProps) {
  const t = useT();
  const trpc = useTRPC();
  const [text, setText] = useState("");
  const [source, setSource] = useState("");
  const [state, setState] = useState<State | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const stop = useRef<AbortController>(null);
  const begin = useMutation(trpc.prompts.imports.begin.mutationOptions());
  const piece = useMutation(trpc.prompts.imports.piece.mutationOptions());
  const discard = useMutation(trpc.prompts.imports.discard.mutationOptions());
  useEffect(() => () => stop.current?.abort(), []);

  async function read(given: PromptSource): Promise<void> {
    const controller = new AbortController();
    stop.current = controller;
    setWrong(null);
    setState({ share: 0, lines: 0 });
    let importId: ImportId | null = null;
    try {
      ({ importId } = await begin.mutateAsync({ campaignId, source: given.name }));
      const id = importId;
      let [share, lines] = [0, 0];
      await readPrompts(given, {
        signal: controller.signal,
        progress: (now) => {
          share = now;
        },
        send: async (at, some, last) => {
          const { counts } = await piece.mutateAsync({
            importId: id,
            piece: at,
            lines: some,
            last,
          });
          lines = counts.lines;
          setState({ share, lines });
        },
      });
      if (lines > 0) return onRead(id);
      setWrong(t("import.nothing"));
    } catch (error) {
      if (!controller.signal.aborted)
        setWrong(error instanceof TypeError ? t("import.notText") : errorMessage(error, t));
    }
    setState(null);
    if (importId) await discard.mutateAsync({ importId }).catch(() => {}); // else it is swept in a day
  }

  if (state)
    return (
      <Section title={t("import.reading")}>
        <div className="flex max-w-2xl flex-col items-start gap-4">
          <Progress
            className="w-full"
            label={t("import.reading.lines", { count: state.lines })}
            value={state.share}
          />
          <Button onClick={() => stop.current?.abort()}>{t("action.cancel")}</Button>
        </div>
      </Section>
    );
  return (
    <Section title={t("import.title")} state={t("import.what")}>
      <div
        className="flex max-w-2xl flex-col gap-4"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          const file = event.dataTransfer.files[0];
          if (!file) return;
          event.preventDefault();
          void read({ name: file.name, blob: file });
        }}
      >
        {wrong && <ErrorState message={wrong} />}
        <div className="flex flex-wrap items-center gap-3">
          <FileButton
            label={t("import.file")}
            accept=".txt,.jsonl,.ndjson,.json,.csv,.tsv,.gz,text/plain,text/csv"
            onFile={(file) => void read({ name: file.name, blob: file })}
          />
          <span className="text-sm text-muted">{t("import.formats")}</span>
        </div>
        <TextArea
          label={t("import.paste")}
          help={t("import.paste.help")}
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="[&_textarea]:max-h-96"
          spellCheck={false}
        />
        <TextField
          label={t("import.source")}
          help={t("import.source.help")}
          value={source}
          maxLength={200}
          onChange={(event) => setSource(event.target.value)}
          className="max-w-sm"
        />
        <div>
          <Button
            look="primary"
            disabled={text.trim() === ""}
            onClick={() => void read({ name: source.trim(), blob: new Blob([text]) })}
          >
            {t("import.look")}
          </Button>
        </div>
      </div>
    </Section>
  );
}

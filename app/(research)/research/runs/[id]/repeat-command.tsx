"use client";

import { Copy } from "lucide-react";
import { useState } from "react";
import { useT } from "@/app/lib/i18n/client";
import type { Outputs } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import type { TrainingOption } from "@/server/domain/training-options";
import { commandOf, isBeyondShell } from "./command";

/** The run as a shell would do it: same data, same start, same options, same seed. */
export function RepeatCommand({
  run,
  options,
}: {
  run: Outputs["runs"]["get"];
  options: readonly TrainingOption[];
}) {
  const t = useT();
  const [copied, setCopied] = useState(false);
  const command = commandOf(run, options);
  const secrets =
    run.reward?.parts.flatMap((part) => ("headers" in part ? part.headers : [])) ?? [];
  const copy = async () => {
    await navigator.clipboard.writeText(command.text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <div className="grid gap-3">
      <p>
        {t("runs.repeatData")}{" "}
        {command.files.map(({ name, split }, place) => (
          <span key={name}>
            {place > 0 ? ", " : null}
            <a
              className="text-accent underline underline-offset-3"
              href={`/research/runs/${run.id}/data?split=${split}`}
              download
            >
              {name}
            </a>
          </span>
        ))}
      </p>
      {secrets.length === 0 ? null : <p>{t("reward.secrets", { names: secrets.join(", ") })}</p>}
      {isBeyondShell(run) ? <p>{t("runs.repeatBeyond")}</p> : null}
      {run.status === "done" && run.step < run.totalSteps ? (
        <p>{t("runs.repeatStopped", { step: run.step })}</p>
      ) : null}
      <pre
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={t("runs.repeat")}
        className="overflow-x-auto rounded-base bg-wash p-4 font-mono text-sm"
      >
        {command.text}
      </pre>
      <div>
        <Button icon={<Copy aria-hidden className="size-4" />} onClick={() => void copy()}>
          {copied ? t("action.copied") : t("action.copy")}
        </Button>
      </div>
    </div>
  );
}

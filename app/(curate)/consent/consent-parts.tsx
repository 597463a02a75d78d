"use client";

import { useState } from "react";
import { errorMessage, fieldErrors } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import type { Outputs } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { Markdown } from "@/app/ui/markdown";
import { RelativeTime } from "@/app/ui/relative-time";
import { TextArea } from "@/app/ui/text-area";

type Version = Outputs["consent"]["versions"][number];

/** Every version of a text that people agree to, the newest first. */
export function ConsentVersions({ versions }: { versions: readonly Version[] }) {
  return (
    <ul className="flex max-w-[75ch] flex-col gap-3">
      {versions.map((row) => (
        <VersionItem key={row.id} version={row} />
      ))}
    </ul>
  );
}

function VersionItem({ version: { version, text, by, agreed, createdAt } }: { version: Version }) {
  const t = useT();
  return (
    <li>
      <details>
        <summary className="cursor-pointer">
          {t("consent.own", { version })}, {by}, <RelativeTime at={createdAt} />,{" "}
          {text === "" ? t("consents.none") : t("consents.agreed", { count: agreed })}
        </summary>
        <div className="mt-2">
          <Markdown>{text}</Markdown>
        </div>
      </details>
    </li>
  );
}

interface PublishFormProps {
  /** The text in force. */
  text: string;
  rows?: number;
  publish: { mutate: (input: { text: string }) => void; isPending: boolean; error: unknown };
}

/** The text in force, to be changed into the next version. */
export function PublishForm({ text: inForce, rows = 10, publish }: PublishFormProps) {
  const t = useT();
  const [text, setText] = useState(inForce);
  const error = publish.error
    ? (fieldErrors(publish.error).any ?? errorMessage(publish.error, t))
    : null;
  return (
    <form
      className="flex max-w-[75ch] flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        publish.mutate({ text });
      }}
    >
      <TextArea
        label={t("consents.text")}
        help={t("consents.text.help")}
        rows={rows}
        value={text}
        onChange={(event) => setText(event.target.value)}
        error={error}
      />
      <Button
        type="submit"
        look="primary"
        className="self-start"
        busy={publish.isPending}
        disabled={text.trim() === inForce}
      >
        {t("consents.publish")}
      </Button>
    </form>
  );
}

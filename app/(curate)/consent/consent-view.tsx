"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Loaded } from "@/app/(curate)/loaded";
import { errorMessage, fieldErrors } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { Markdown } from "@/app/ui/markdown";
import { PageHeader, Section } from "@/app/ui/page-header";
import { RelativeTime } from "@/app/ui/relative-time";
import { TextArea } from "@/app/ui/text-area";
import { useToast } from "@/app/ui/toast";

type Version = Outputs["consent"]["versions"][number];

/** The text that labelers agree to, its versions, and how many agreed to each. */
export function ConsentView() {
  const t = useT();
  const trpc = useTRPC();
  const versions = useQuery(trpc.consent.versions.queryOptions());
  return (
    <>
      <PageHeader
        parent={{ href: "/curate/people", label: t("people.title") }}
        title={t("consents.title")}
        state={t("consents.state")}
      />
      <Loaded query={versions}>
        {(rows) => (
          <>
            <PublishForm key={rows[0]?.id} text={rows[0]?.text ?? ""} />
            {rows.length > 0 && (
              <Section title={t("consents.versions")}>
                <ul className="flex max-w-[75ch] flex-col gap-3">
                  {rows.map((row) => (
                    <VersionItem key={row.id} version={row} />
                  ))}
                </ul>
              </Section>
            )}
          </>
        )}
      </Loaded>
    </>
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

function PublishForm({ text: inForce }: { text: string }) {
  const t = useT();
  const trpc = useTRPC();
  const toast = useToast();
  const queries = useQueryClient();
  const [text, setText] = useState(inForce);
  const publish = useMutation(
    trpc.consent.publish.mutationOptions({
      onSuccess: async ({ version }) => {
        toast({ text: t("consents.published", { version }) });
        await queries.invalidateQueries(trpc.consent.pathFilter());
      },
    }),
  );
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
        rows={10}
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

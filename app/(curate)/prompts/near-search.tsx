"use client";

import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Loaded } from "@/app/(curate)/loaded";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { FoldedText } from "@/app/ui/folded-text";
import { Section } from "@/app/ui/page-header";
import { Table } from "@/app/ui/table";
import { TextArea } from "@/app/ui/text-area";
import type { CampaignId } from "@/server/domain/ids";
import { promptLimit } from "@/server/domain/prompts/limit";

/** Which prompts a text is like: whether a question was asked already, in other words or nearly the same. */
export function NearSearch({ campaignId }: { campaignId: CampaignId }) {
  const t = useT();
  const trpc = useTRPC();
  const [text, setText] = useState("");
  const [asked, setAsked] = useState("");
  const found = useQuery(
    trpc.prompts.like.queryOptions({ campaignId, text: asked }, { enabled: asked !== "" }),
  );
  const search = (event: FormEvent) => {
    event.preventDefault();
    setAsked(text.trim());
  };
  return (
    <Section title={t("near.search")}>
      <form onSubmit={search} className="mb-4 flex max-w-2xl flex-col items-start gap-3">
        <TextArea
          className="w-full"
          label={t("near.search.text")}
          value={text}
          maxLength={promptLimit}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" disabled={text.trim() === ""}>
          {t("near.search.go")}
        </Button>
      </form>
      {asked !== "" && (
        <Loaded query={found}>
          {(rows) => (
            <Table
              caption={t("near.search.found")}
              rows={rows}
              rowKey={(row) => row.id}
              empty={<output className="block text-muted">{t("near.search.none")}</output>}
              columns={[
                {
                  key: "text",
                  header: t("prompts.text"),
                  rowHeader: true,
                  className: "w-full min-w-56",
                  cell: (row) => <FoldedText text={row.text} />,
                },
                {
                  key: "like",
                  header: t("near.like"),
                  align: "end",
                  cell: (row) => `${Math.round(row.resemblance * 100)} %`,
                },
              ]}
            />
          )}
        </Loaded>
      )}
    </Section>
  );
}

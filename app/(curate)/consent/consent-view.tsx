"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Loaded } from "@/app/(curate)/loaded";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { PageHeader, Section } from "@/app/ui/page-header";
import { useToast } from "@/app/ui/toast";
import { ConsentVersions, PublishForm } from "./consent-parts";

/** The text that labelers agree to, its versions, and how many agreed to each. */
export function ConsentView() {
  const t = useT();
  const trpc = useTRPC();
  const toast = useToast();
  const queries = useQueryClient();
  const versions = useQuery(trpc.consent.versions.queryOptions());
  const publish = useMutation(
    trpc.consent.publish.mutationOptions({
      onSuccess: async ({ version }) => {
        toast({ text: t("consents.published", { version }) });
        await queries.invalidateQueries(trpc.consent.pathFilter());
      },
    }),
  );
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
            <PublishForm key={rows[0]?.id} text={rows[0]?.text ?? ""} publish={publish} />
            {rows.length > 0 && (
              <Section title={t("consents.versions")}>
                <ConsentVersions versions={rows} />
              </Section>
            )}
          </>
        )}
      </Loaded>
    </>
  );
}

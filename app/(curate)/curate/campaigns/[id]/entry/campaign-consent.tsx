"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ConsentVersions, PublishForm } from "@/app/(curate)/consent/consent-parts";
import { Loaded } from "@/app/(curate)/loaded";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Section } from "@/app/ui/page-header";
import { useToast } from "@/app/ui/toast";
import type { CampaignId } from "@/server/domain/ids";

/** What this campaign asks its labelers to agree to, besides what the install asks of all. */
export function CampaignConsent(props: { campaignId: CampaignId; admin: boolean }) {
  const { campaignId, admin } = props;
  const t = useT();
  const trpc = useTRPC();
  const toast = useToast();
  const queries = useQueryClient();
  const versions = useQuery(trpc.entry.consents.queryOptions({ campaignId }));
  const publish = useMutation(
    trpc.entry.publishConsent.mutationOptions({
      onSuccess: async ({ version }) => {
        toast({ text: t("consents.published", { version }) });
        await queries.invalidateQueries(trpc.entry.consents.queryFilter({ campaignId }));
      },
    }),
  );
  const { isPending, error } = publish;
  return (
    <Section title={t("entry.consent")} state={t("entry.consent.state")}>
      <Loaded query={versions}>
        {(rows) => (
          <>
            {admin && (
              <PublishForm
                key={rows[0]?.id}
                text={rows[0]?.text ?? ""}
                rows={4}
                publish={{
                  isPending,
                  error,
                  mutate: ({ text }) => publish.mutate({ campaignId, text }),
                }}
              />
            )}
            {rows.length > 0 && (
              <div className="mt-6">
                <ConsentVersions versions={rows} />
              </div>
            )}
            {!admin && rows.length === 0 && <p className="text-muted">{t("consents.none")}</p>}
          </>
        )}
      </Loaded>
    </Section>
  );
}

"use client";

import { useMutation } from "@tanstack/react-query";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Button, ButtonLink } from "@/app/ui/button";
import { ErrorState } from "@/app/ui/error-state";
import { Markdown } from "@/app/ui/markdown";
import { Section } from "@/app/ui/page-header";
import type { CampaignId } from "@/server/domain/ids";
import type { EntryState } from "@/server/services/entry";

interface ConsentStepProps {
  campaignId: CampaignId;
  consent: NonNullable<EntryState["consent"]>;
  onAgreed: () => void;
}

/** What this campaign asks one to agree to: agreeing is a press of its own; not agreeing leads back to the others. */
export function ConsentStep({ campaignId, consent, onAgreed }: ConsentStepProps) {
  const t = useT();
  const trpc = useTRPC();
  const agree = useMutation(trpc.entry.agree.mutationOptions({ onSuccess: onAgreed }));
  return (
    <Section
      title={t("enter.consent")}
      state={t("enter.consent.state", { version: consent.version })}
    >
      <Markdown>{consent.text}</Markdown>
      {agree.error && <ErrorState message={errorMessage(agree.error, t)} />}
      <div className="mt-6 flex flex-wrap gap-3">
        <Button
          look="primary"
          busy={agree.isPending}
          onClick={() => agree.mutate({ campaignId, consentId: consent.id })}
        >
          {t("consent.agree")}
        </Button>
        <ButtonLink look="quiet" href="/label">
          {t("enter.consent.decline")}
        </ButtonLink>
      </div>
    </Section>
  );
}

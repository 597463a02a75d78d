"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useLocale, useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { Section } from "@/app/ui/page-header";
import type { CampaignId } from "@/server/domain/ids";
import type { RoundsShown } from "@/server/services/rounds-view";
import { useChanged } from "../use-campaign";
import { RuleForm } from "./rule-form";
import { ruleWords } from "./rule-words";

/** The rule of a campaign's rounds in words, and the form that changes it. */
export function RuleSection({ campaignId, shown }: { campaignId: CampaignId; shown: RoundsShown }) {
  const t = useT();
  const locale = useLocale();
  const trpc = useTRPC();
  const { onError, done } = useChanged();
  const [changing, setChanging] = useState(false);
  const { rule, usual } = shown;
  const remove = useMutation(
    trpc.rounds.setRule.mutationOptions({ onError, onSuccess: () => done("rule.removed") }),
  );
  return (
    <Section title={t("rule.title")} id="rule">
      {changing ? (
        <RuleForm campaignId={campaignId} rule={rule ?? usual} onDone={() => setChanging(false)} />
      ) : (
        <>
          <p className="max-w-[65ch]" data-testid="rule">
            {rule ? ruleWords({ t, locale }, rule) : t("rule.none")}
          </p>
          <div className="mt-3 flex flex-wrap gap-2">
            <Button onClick={() => setChanging(true)}>
              {t(rule ? "rule.change" : "rule.set")}
            </Button>
            {rule && (
              <Button
                look="quiet"
                busy={remove.isPending}
                onClick={() => remove.mutate({ campaignId, rule: null })}
              >
                {t("rule.remove")}
              </Button>
            )}
          </div>
        </>
      )}
    </Section>
  );
}

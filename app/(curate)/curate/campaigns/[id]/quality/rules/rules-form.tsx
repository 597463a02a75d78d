"use client";

import { useMutation } from "@tanstack/react-query";
import { type SyntheticEvent, useState } from "react";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { Checkbox } from "@/app/ui/checkbox";
import { ErrorState } from "@/app/ui/error-state";
import { Link } from "@/app/ui/link";
import { Section } from "@/app/ui/page-header";
import { TextArea } from "@/app/ui/text-area";
import type { Distribution } from "@/server/domain/distribution";
import type { CampaignId } from "@/server/domain/ids";
import type { QualityOptions } from "@/server/domain/quality/options";
import { useQualityChanged } from "../use-quality-changed";
import { DistributionFields } from "./distribution-fields";
import { RuleTable } from "./rule-table";
import { settingsOf, type Values, valuesOf, wrongFields } from "./rules-values";

interface RulesFormProps {
  campaignId: CampaignId;
  distribution: Distribution;
  options: QualityOptions;
  templates: string;
  admin: boolean;
}

/** How tasks are handed out, and what follows from work that is not good enough. */
export function RulesForm(props: RulesFormProps) {
  const { campaignId, distribution, options, admin } = props;
  const t = useT();
  const trpc = useTRPC();
  const { done } = useQualityChanged();
  const [values, setValues] = useState(() => valuesOf(distribution, options));
  const [templates, setTemplates] = useState(props.templates);
  const [tried, setTried] = useState(false);
  const save = useMutation(
    trpc.quality.configure.mutationOptions({ onSuccess: () => done(t("rules.saved")) }),
  );
  const wrong = wrongFields(values);
  const change = (changed: Partial<Values>) => setValues((before) => ({ ...before, ...changed }));
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(true);
    if (wrong.size === 0) save.mutate({ campaignId, ...settingsOf(values), templates });
  };
  const said = (field: string) => {
    const range = wrong.get(field);
    return tried && range ? t("rules.wrong", range) : undefined;
  };
  return (
    <form noValidate onSubmit={submit}>
      <p className="mb-1 text-sm">
        <Link href={`/curate/campaigns/${campaignId}/quality`}>{t("labeler.parent")}</Link>
      </p>
      <h2 className="mb-6 text-xl font-semibold">{t("rules.title")}</h2>
      <fieldset disabled={!admin}>
        <Section title={t("rules.distribution")}>
          <DistributionFields values={values} onChange={change} said={said} />
        </Section>
        <Section title={t("rules.quality")}>
          <p className="mb-4 max-w-[75ch] text-sm text-muted">{t("rules.quality.help")}</p>
          <RuleTable values={values} onChange={change} said={said} />
          <div className="mt-6 flex flex-col gap-4">
            {(["weights", "showAgreement", "showGold"] as const).map((name) => (
              <Checkbox
                key={name}
                label={t(`rules.${name}`)}
                checked={values[name]}
                onChange={(event) => change({ [name]: event.target.checked })}
              />
            ))}
          </div>
        </Section>
        <Section title={t("rules.templates")}>
          <TextArea
            label={t("rules.templates.field")}
            help={t("rules.templates.help")}
            value={templates}
            rows={6}
            onChange={(event) => setTemplates(event.target.value)}
            className="max-w-2xl"
          />
        </Section>
        {save.isError && <ErrorState message={errorMessage(save.error, t)} />}
        {admin && (
          <Button type="submit" look="primary" busy={save.isPending} className="mt-8">
            {t("rules.save")}
          </Button>
        )}
      </fieldset>
    </form>
  );
}

import type { ReactNode } from "react";
import { getLocale, getT } from "@/app/lib/i18n/server";
import { Link } from "@/app/ui/link";
import { RelativeTime } from "@/app/ui/relative-time";
import type { Outputs } from "@/app/lib/trpc";
import { Origin } from "../model-table";

type Model = Outputs["models"]["get"];

/** What a model is, where it lies, and how well it does where that can be told. */
export async function ModelFacts({ model }: { model: Model }) {
  const t = await getT();
  const locale = await getLocale();
  const exact = model.exact?.toLocaleString(locale, {
    style: "percent",
    maximumFractionDigits: 1,
  });
  const facts: [string, ReactNode][] = [
    [t("models.architecture"), model.architecture],
    [
      t("models.parameters"),
      <span key="p" className="tabular">
        {model.parameters.toLocaleString(locale)}
      </span>,
    ],
    ...(model.members === null
      ? []
      : [[t("ensemble.title"), t("ensemble.members", { count: model.members })] satisfies [string, ReactNode]]),
    ...(exact === undefined
      ? []
      : [[t("models.exactLong"), exact] satisfies [string, ReactNode]]),
    [t("models.origin"), <Origin key="o" model={model} />],
    [t("models.created"), <RelativeTime key="c" at={model.createdAt} />],
    [t("models.hash"), <code key="h">{model.hash}</code>],
    [t("models.folder"), <code key="f">{model.folder}</code>],
  ];
  if (model.rounds.length > 0)
    facts.push([
      t("models.served"),
      <ul key="r">
        {model.rounds.map((one) => (
          <li key={`${one.campaignId} ${one.round}`}>
            <Link href={`/curate/campaigns/${one.campaignId}`}>{one.campaignName}</Link>
            {", "}
            {t(one.policyModelId === model.id ? "models.answered" : "models.scored", {
              round: one.round,
            })}
          </li>
        ))}
      </ul>,
    ]);
  return (
    <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[max-content_1fr]">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="mb-2 min-w-0 sm:mb-0">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

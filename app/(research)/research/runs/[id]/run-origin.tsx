"use client";

import type { ReactNode } from "react";
import { useT } from "@/app/lib/i18n/client";
import type { Outputs } from "@/app/lib/trpc";
import { Link } from "@/app/ui/link";
import { RelativeTime } from "@/app/ui/relative-time";

type Run = Outputs["runs"]["get"];

/** What a run is made of and what it made: each a link to where it can be read. */
export function RunOrigin({ run }: { run: Run }) {
  const t = useT();
  const facts: [string, ReactNode][] = [
    [t("runs.campaign"), run.campaignName === null ? null : <RunPlace run={run} />],
    [
      t("runs.snapshot"),
      run.snapshotId === null ? null : (
        <Link href={`/research/snapshots/${run.snapshotId}`}>
          <code>{run.snapshotHash?.slice(0, 12)}</code>
        </Link>
      ),
    ],
    [t("runs.startModel"), <ModelLink key="start" model={run.model} />],
    [t("runs.rewardModel"), <RewardParts key="reward" run={run} />],
    [t("runs.referenceModel"), <ModelLink key="reference" model={run.referenceModel} />],
    [t("runs.outputModel"), <ModelLink key="output" model={run.outputModel} />],
    [t("runs.startedBy"), run.createdBy ?? t("runs.startedByRound")],
    [t("runs.created"), <RelativeTime key="created" at={run.createdAt} />],
  ];
  const missing = new Set(
    [
      run.campaignName === null && t("runs.campaign"),
      run.snapshotId === null && t("runs.snapshot"),
      run.model === null && t("runs.startModel"),
      run.reward === null && t("runs.rewardModel"),
      run.referenceModel === null && t("runs.referenceModel"),
      run.outputModel === null && t("runs.outputModel"),
    ].filter(Boolean),
  );
  return (
    <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[max-content_1fr]">
      {facts
        .filter(([name]) => !missing.has(name))
        .map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="mb-2 sm:mb-0">{value}</dd>
          </div>
        ))}
    </dl>
  );
}

function RunPlace({ run }: { run: Run }) {
  const t = useT();
  return run.round === null
    ? run.campaignName
    : `${run.campaignName}, ${t("runs.round", { round: run.round })}`;
}

/** Every source of the rewards with its weight; of an endpoint not who asks. */
function RewardParts({ run }: { run: Run }) {
  const t = useT();
  const parts = run.reward?.parts ?? [];
  return (
    <ul>
      {parts.map((part) => (
        <li key={JSON.stringify(part)} className="min-w-0 break-words">
          {part.weight === 1 ? null : `${part.weight} × `}
          {part.kind === "program" ? <code>{part.file}</code> : null}
          {part.kind === "endpoint" ? <code>{part.url}</code> : null}
          {part.kind === "models"
            ? part.modelIds.map((id, i) => (
                <span key={id}>
                  {i === 0 ? null : ", "}
                  <ModelLink model={run.rewardModels.find((one) => one.id === id) ?? null} />
                </span>
              ))
            : null}
          {part.kind === "models" && part.combine !== "mean"
            ? ` ${t(`reward.combine.${part.combine}`)}`
            : null}
        </li>
      ))}
    </ul>
  );
}

function ModelLink({ model }: { model: Run["model"] }) {
  if (model === null) return null;
  return (
    <>
      <Link href={`/research/models/${model.id}`}>{model.name}</Link>{" "}
      <code className="text-muted">{model.hash.slice(0, 8)}</code>
    </>
  );
}

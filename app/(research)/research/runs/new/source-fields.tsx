"use client";

import { useT } from "@/app/lib/i18n/client";
import type { Outputs } from "@/app/lib/trpc";
import { Select } from "@/app/ui/select";
import { isRewarded, learnsRankings, type RunKind } from "@/server/domain/run-kinds";
import type { InitialRun } from "./initial-run";

/** What a run is made from, by id; "" = to be chosen. */
export type Sources = Pick<InitialRun, "campaignId" | "snapshotId" | "modelId">;

interface SourceFieldsProps {
  kind: RunKind;
  campaigns: Outputs["campaigns"]["list"];
  models: Outputs["models"]["list"];
  snapshots: Outputs["snapshots"]["list"];
  value: Sources;
  /** Whether the form was sent: what is missing is said from then on. */
  asked: boolean;
  onChange: (change: Partial<Sources>) => void;
}

/** The data and the model that starts. */
export function SourceFields(props: SourceFieldsProps) {
  const { kind, campaigns, models, snapshots, value, asked, onChange } = props;
  const t = useT();
  const needed = (list: readonly { id: string }[], id: string) =>
    asked && !list.some((one) => one.id === id) ? t("field.required") : undefined;
  const ofKind = (wanted: "policy" | "reward") => models.filter((model) => model.kind === wanted);
  const modelChoices = (wanted: "policy" | "reward") =>
    ofKind(wanted).map(({ id, name, hash }) => ({
      value: id,
      label: `${name} (${hash.slice(0, 8)})`,
    }));
  return (
    <>
      {learnsRankings(kind) ? (
        <Select
          label={t("runs.snapshot")}
          help={t(snapshots.length === 0 ? "runs.noSnapshots" : "runs.snapshotHelp")}
          placeholder={t("runs.choose")}
          error={needed(snapshots, value.snapshotId)}
          value={value.snapshotId}
          onChange={(event) => onChange({ snapshotId: event.target.value })}
          options={snapshots.map((one) => ({
            value: one.id,
            label: `${one.campaignName} ${one.hash.slice(0, 8)} – ${t("snapshots.holds", { count: one.counts.rankings }).replace(/,$/, "")}`,
          }))}
        />
      ) : (
        <Select
          label={t("runs.campaign")}
          help={t(`runs.campaignHelp.${kind === "sft" || kind === "best-of-n" ? kind : "ppo"}`)}
          placeholder={t("runs.choose")}
          error={needed(campaigns, value.campaignId)}
          value={value.campaignId}
          onChange={(event) => onChange({ campaignId: event.target.value })}
          options={campaigns.map((one) => ({ value: one.id, label: one.name }))}
        />
      )}
      <Select
        label={t("runs.startModel")}
        help={t(`runs.startModelHelp.${isRewarded(kind) ? "ppo" : kind}`)}
        placeholder={t("runs.choose")}
        error={needed(models, value.modelId)}
        value={value.modelId}
        onChange={(event) => onChange({ modelId: event.target.value })}
        options={modelChoices("policy")}
      />
    </>
  );
}

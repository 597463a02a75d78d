"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { type Inputs, type Outputs, useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { EmptyState } from "@/app/ui/empty-state";
import { ErrorState } from "@/app/ui/error-state";
import { NumberField } from "@/app/ui/number-field";
import { Choice } from "@/app/ui/preferences";
import { Select } from "@/app/ui/select";
import {
  optionsFor,
  type OptionValue,
  type TrainingOption,
  type TrainingOptions,
} from "@/server/domain/training-options";
import { kindKeys } from "../run-words";
import type { InitialRun } from "./initial-run";
import { OptionFields } from "./option-fields";

type Kind = Inputs["runs"]["start"]["kind"];

interface RunFormProps {
  campaigns: Outputs["campaigns"]["list"];
  models: Outputs["models"]["list"];
  snapshots: Outputs["snapshots"]["list"];
  /** Null before the worker has started for the first time. */
  options: TrainingOptions | null;
  initial: InitialRun;
}

const kinds: readonly Kind[] = ["reward", "ppo", "sft"];

/** What to train, from what, and how; options that are not touched keep the trainer's defaults. */
export function RunForm({ campaigns, models, snapshots, options, initial }: RunFormProps) {
  const t = useT();
  const trpc = useTRPC();
  const router = useRouter();
  const [kind, setKind] = useState<Kind>(initial.kind);
  const [campaignId, setCampaignId] = useState(initial.campaignId);
  const [snapshotId, setSnapshotId] = useState(initial.snapshotId);
  const [modelId, setModelId] = useState(initial.modelId);
  const [rewardModelId, setRewardModelId] = useState(initial.rewardModelId);
  const [seed, setSeed] = useState<number | null>(initial.seed);
  const [config, setConfig] = useState<Record<string, OptionValue>>(initial.config);
  const [asked, setAsked] = useState(false);
  const start = useMutation(
    trpc.runs.start.mutationOptions({
      onSuccess: ({ id }) => router.push(`/research/runs/${id}`),
    }),
  );

  const snapshot = snapshots.find((one) => one.id === snapshotId);
  const campaign = campaigns.find((one) => one.id === campaignId);
  const model = models.find((one) => one.id === modelId);
  const rewardModel = models.find((one) => one.id === rewardModelId);
  const needed = (is: unknown) => (asked && !is ? t("field.required") : undefined);

  const input = (): Inputs["runs"]["start"] | null => {
    if (!model || seed === null) return null;
    const shared = { modelId: model.id, config, seed };
    if (kind === "reward") return snapshot ? { kind, snapshotId: snapshot.id, ...shared } : null;
    if (!campaign) return null;
    if (kind === "sft") return { kind, campaignId: campaign.id, ...shared };
    return rewardModel
      ? { kind, campaignId: campaign.id, rewardModelId: rewardModel.id, ...shared }
      : null;
  };
  const submit = () => {
    setAsked(true);
    const complete = input();
    if (complete) start.mutate(complete);
  };

  if (models.length === 0)
    return (
      <EmptyState title={t("runs.noModels.title")}>
        <p>{t("runs.noModels.text")}</p>
      </EmptyState>
    );
  return (
    <div className="grid max-w-[75ch] gap-6">
      <div className="wrap-normal">
        <Choice
          legend={t("runs.kind")}
          value={kind}
          onChange={(next) => {
            setKind(next);
            setConfig({});
          }}
          options={kinds.map((value) => ({ value, label: t(kindKeys[value]) }))}
        />
        <p className="mt-2 text-muted">{t(`runs.kindHelp.${kind}`)}</p>
      </div>
      {kind === "reward" ? (
        <Select
          label={t("runs.snapshot")}
          help={t("runs.snapshotHelp")}
          placeholder={t("runs.choose")}
          error={needed(snapshot)}
          value={snapshotId}
          onChange={(event) => setSnapshotId(event.target.value)}
          options={snapshots.map((one) => ({
            value: one.id,
            label: `${one.campaignName} ${one.hash.slice(0, 8)} – ${t("snapshots.holds", { count: one.counts.rankings }).replace(/,$/, "")}`,
          }))}
        />
      ) : (
        <Select
          label={t("runs.campaign")}
          help={t(kind === "sft" ? "runs.campaignHelp.sft" : "runs.campaignHelp.ppo")}
          placeholder={t("runs.choose")}
          error={needed(campaign)}
          value={campaignId}
          onChange={(event) => setCampaignId(event.target.value)}
          options={campaigns.map((one) => ({ value: one.id, label: one.name }))}
        />
      )}
      <Select
        label={t("runs.startModel")}
        help={t(`runs.startModelHelp.${kind}`)}
        placeholder={t("runs.choose")}
        error={needed(model)}
        value={modelId}
        onChange={(event) => setModelId(event.target.value)}
        options={modelChoices(models, "policy")}
      />
      {kind === "ppo" ? (
        <Select
          label={t("runs.rewardModel")}
          help={t("runs.rewardModelHelp")}
          placeholder={t("runs.choose")}
          error={needed(rewardModel)}
          value={rewardModelId}
          onChange={(event) => setRewardModelId(event.target.value)}
          options={modelChoices(models, "reward")}
        />
      ) : null}
      <NumberField
        label={t("runs.seed")}
        help={t("runs.seedHelp")}
        value={seed}
        onChange={setSeed}
        error={needed(seed !== null && Number.isSafeInteger(seed) && seed >= 0)}
      />
      {options === null ? (
        <p className="text-muted">{t("runs.optionsUnknown")}</p>
      ) : model === undefined ? (
        <p className="text-muted">{t("runs.optionsAfterModel")}</p>
      ) : (
        <OptionFields
          kind={kind}
          options={optionsFor(options, kind, model.parameters).map((option) =>
            option.name === "maxNewTokens" ? asCampaign(option, t("runs.asCampaign")) : option,
          )}
          config={config}
          onChange={setConfig}
        />
      )}
      {start.error ? <ErrorState message={errorMessage(start.error, t)} /> : null}
      <div>
        <Button look="primary" busy={start.isPending} onClick={submit}>
          {t("runs.start")}
        </Button>
      </div>
    </div>
  );
}

/** How long answers get is the campaign's to say, unless the run says otherwise. */
function asCampaign(option: TrainingOption, meaning: string): TrainingOption {
  return { ...option, default: null, nullable: true, meaning };
}

function modelChoices(models: RunFormProps["models"], kind: "policy" | "reward") {
  return models
    .filter((model) => model.kind === kind)
    .map((model) => ({ value: model.id, label: `${model.name} (${model.hash.slice(0, 8)})` }));
}

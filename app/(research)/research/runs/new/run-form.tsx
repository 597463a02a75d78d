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
import { isJudged } from "@/server/domain/run-kinds";
import {
  optionsFor,
  type OptionValue,
  presetConfig,
  type PresetName,
  presetNames,
  type TrainingOption,
  type TrainingOptions,
} from "@/server/domain/training-options";
import type { DropIns } from "@/server/services/drop-ins";
import type { InitialRun } from "./initial-run";
import { KindField } from "./kind-field";
import { OptionFields } from "./option-fields";
import { problemsOf } from "./option-problems";
import { PresetButtons } from "./preset-buttons";
import { PtxField } from "./ptx-field";
import { ptxOfKey } from "./ptx-key";
import { rewardOf } from "./reward-draft";
import { RewardFields } from "./reward-fields";
import { SourceFields, type Sources } from "./source-fields";
import { draftOf, TrackingFields, trackingOf } from "./tracking-fields";

interface RunFormProps {
  campaigns: Outputs["campaigns"]["list"];
  models: Outputs["models"]["list"];
  snapshots: Outputs["snapshots"]["list"];
  /** Null before the worker has started for the first time. */
  options: TrainingOptions | null;
  /** Programs and texts that the operator put beside the database. */
  dropIns: DropIns;
  initial: InitialRun;
}

/** What to train, from what, and how; options that are not touched keep the trainer's defaults. */
export function RunForm(props: RunFormProps) {
  const { campaigns, models, snapshots, options: all, dropIns, initial } = props;
  const t = useT();
  const trpc = useTRPC();
  const router = useRouter();
  const [kind, setKind] = useState(initial.kind);
  const [sources, setSources] = useState<Sources>(initial);
  const [reward, setReward] = useState(initial.reward);
  const [ptx, setPtx] = useState(initial.ptx);
  const [seed, setSeed] = useState<number | null>(initial.seed);
  const [config, setConfig] = useState<Record<string, OptionValue>>(initial.config);
  const [tracking, setTracking] = useState(draftOf(initial.tracking));
  const [asked, setAsked] = useState(false);
  const start = useMutation(
    trpc.runs.start.mutationOptions({
      onSuccess: ({ id }) => router.push(`/research/runs/${id}`),
    }),
  );

  const model = models.find((one) => one.id === sources.modelId);
  const options =
    all && model
      ? optionsFor(all, kind, model.parameters).map((option) =>
          option.name === "maxNewTokens"
            ? asCampaign(option, t("runs.asCampaign"), t("runs.asCampaignSource"))
            : option,
        )
      : [];
  const problems = problemsOf(options, config);
  const presetOf = (name: PresetName) =>
    all && model ? presetConfig(all, kind, model.parameters, name) : {};
  const active =
    Object.keys(config).length === 0
      ? null
      : presetNames.find((name) => isSame(presetOf(name), config));

  const input = (): Inputs["runs"]["start"] | null => {
    const snapshot = snapshots.find((one) => one.id === sources.snapshotId);
    const campaign = campaigns.find((one) => one.id === sources.campaignId);
    if (!model || seed === null || problems.size > 0) return null;
    const tracked = trackingOf(tracking);
    if (tracked === undefined) return null;
    const shared = { modelId: model.id, config, seed, tracking: tracked };
    if (kind === "reward" || kind === "dpo")
      return snapshot ? { kind, snapshotId: snapshot.id, ...shared } : null;
    if (!campaign) return null;
    if (!isJudged(kind)) return { kind, campaignId: campaign.id, ...shared };
    const rewarded = rewardOf(reward);
    if (!rewarded) return null;
    const texts = kind === "ppo" ? ptxOfKey(ptx) : null;
    const from = initial.clonedFrom;
    return { kind, campaignId: campaign.id, ...rewarded, secretsFrom: from, ptx: texts, ...shared };
  };
  const submit = () => {
    setAsked(true);
    const complete = input();
    if (complete) start.mutate(complete);
    else requestAnimationFrame(toFirstProblem);
  };

  if (models.length === 0)
    return (
      <EmptyState title={t("runs.noModels.title")}>
        <p>{t("runs.noModels.text")}</p>
      </EmptyState>
    );
  return (
    <div className="grid max-w-[75ch] gap-6">
      <KindField
        value={kind}
        onChange={(next) => {
          setKind(next);
          setConfig({});
        }}
      />
      <SourceFields
        kind={kind}
        {...{ campaigns, models, snapshots, asked }}
        value={sources}
        onChange={(next) => setSources({ ...sources, ...next })}
      />
      {isJudged(kind) ? (
        <RewardFields
          {...{ models, asked }}
          programs={dropIns.programs}
          folder={dropIns.folders.programs}
          value={reward}
          onChange={setReward}
        />
      ) : null}
      {kind === "ppo" ? (
        <PtxField
          {...{ campaigns, snapshots }}
          texts={dropIns.texts}
          folder={dropIns.folders.texts}
          value={ptx}
          onChange={(next) => {
            setPtx(next);
            // texts weigh nothing until they have a coefficient
            if (next !== "" && !config.ptxCoefficient)
              setConfig({ ...config, ptxCoefficient: publishedPtx });
            if (next === "") setConfig(without(config, "ptxCoefficient"));
          }}
        />
      ) : null}
      <NumberField
        label={t("runs.seed")}
        help={t("runs.seedHelp")}
        value={seed}
        onChange={setSeed}
        error={
          asked && !(seed !== null && Number.isSafeInteger(seed) && seed >= 0)
            ? t("field.required")
            : undefined
        }
      />
      {all === null ? (
        <p className="text-muted">{t("runs.optionsUnknown")}</p>
      ) : model === undefined ? (
        <p className="text-muted">{t("runs.optionsAfterModel")}</p>
      ) : (
        <>
          <PresetButtons
            presets={presetNames.filter((name) => kind !== "best-of-n" || name !== "lora")}
            active={active}
            changed={Object.keys(config).length}
            onChoose={(name) => setConfig(name === null ? {} : presetOf(name))}
          />
          <OptionFields
            kind={kind}
            options={options}
            config={config}
            preset={active ? all.trainers[kind].presets[active] : {}}
            problems={problems}
            onChange={setConfig}
          />
        </>
      )}
      <TrackingFields value={tracking} asked={asked} onChange={setTracking} />
      {start.error ? <ErrorState message={errorMessage(start.error, t)} /> : null}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button look="primary" busy={start.isPending} onClick={submit}>
          {t("runs.start")}
        </Button>
        {asked && input() === null ? (
          <p role="alert" className="text-sm text-danger">
            {t("runs.incomplete")}
          </p>
        ) : null}
      </div>
    </div>
  );
}

/** γ of InstructGPT. */
const publishedPtx = 27.8;

function without(config: Readonly<Record<string, OptionValue>>, name: string) {
  const { [name]: _, ...rest } = config;
  return rest;
}

function toFirstProblem(): void {
  document.querySelector<HTMLElement>("main [aria-invalid=true]")?.focus();
}

/** How long answers get is the campaign's to say, unless the run says otherwise. */
function asCampaign(option: TrainingOption, meaning: string, source: string): TrainingOption {
  return { ...option, default: null, nullable: true, meaning, source };
}

function isSame(
  a: Readonly<Record<string, OptionValue>>,
  b: Readonly<Record<string, OptionValue>>,
): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => name in b && a[name] === b[name])
  );
}

"use client";

import { useState } from "react";
import { useT } from "@/app/lib/i18n/client";
import { Checkbox } from "@/app/ui/checkbox";
import { TextField } from "@/app/ui/text-field";
import { defaultExperiment, type Tracking, zTracking } from "@/server/domain/tracking";

/** What the fields hold; an address that is empty stands for no server. */
export interface TrackingDraft {
  readonly tensorboard: boolean;
  readonly url: string;
  readonly experiment: string;
}

export function draftOf(tracking: Tracking | null): TrackingDraft {
  const { tensorboard = false, mlflow } = tracking ?? {};
  return {
    tensorboard,
    url: mlflow?.url ?? "",
    experiment: mlflow?.experiment ?? defaultExperiment,
  };
}

/** @returns null where nothing more is written, undefined for an address that is none */
export function trackingOf({ tensorboard, url, experiment }: TrackingDraft) {
  if (!tensorboard && url.trim() === "") return null;
  const mlflow =
    url.trim() === "" ? null : { url, experiment: experiment.trim() || defaultExperiment };
  return zTracking.safeParse({ tensorboard, mlflow }).data;
}

interface TrackingFieldsProps {
  value: TrackingDraft;
  /** Whether what is wrong is said. */
  asked: boolean;
  onChange: (value: TrackingDraft) => void;
}

/** Where the measurements of a run go beside its page. */
export function TrackingFields({ value, asked, onChange }: TrackingFieldsProps) {
  const t = useT();
  const [open] = useState(value.tensorboard || value.url !== "");
  const wrong = asked && trackingOf(value) === undefined;
  return (
    <details open={open}>
      <summary className="text-accent">{t("tracking.title")}</summary>
      <div className="mt-4 grid gap-5">
        <Checkbox
          label={t("tracking.tensorboard")}
          help={t("tracking.tensorboardHelp")}
          checked={value.tensorboard}
          onChange={({ target }) => onChange({ ...value, tensorboard: target.checked })}
        />
        <TextField
          type="url"
          label={t("tracking.mlflow")}
          help={t("tracking.mlflowHelp")}
          error={wrong ? t("tracking.badAddress") : undefined}
          value={value.url}
          onChange={({ target }) => onChange({ ...value, url: target.value })}
        />
        {value.url === "" ? null : (
          <TextField
            label={t("tracking.experiment")}
            help={t("tracking.experimentHelp")}
            value={value.experiment}
            onChange={({ target }) => onChange({ ...value, experiment: target.value })}
          />
        )}
      </div>
    </details>
  );
}

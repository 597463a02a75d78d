"use client";

import { useT } from "@/app/lib/i18n/client";
import type { Outputs } from "@/app/lib/trpc";
import { Select } from "@/app/ui/select";

interface PtxFieldProps {
  campaigns: Outputs["campaigns"]["list"];
  snapshots: Outputs["snapshots"]["list"];
  texts: readonly string[];
  folder: string;
  value: string;
  onChange: (value: string) => void;
}

/** Which texts PPO keeps likely beside the reward. */
export function PtxField({ campaigns, snapshots, texts, folder, value, onChange }: PtxFieldProps) {
  const t = useT();
  return (
    <Select
      label={t("ptx.title")}
      help={`${t("ptx.help")} ${t("ptx.folder", { folder })}`}
      placeholder={t("ptx.none")}
      value={value}
      onChange={({ target }) => onChange(target.value)}
      options={[
        ...campaigns.map(({ id, name }) => ({
          value: `demonstrations ${id}`,
          label: t("ptx.demonstrations", { name }),
        })),
        ...snapshots.map(({ id, campaignName, hash }) => ({
          value: `snapshot ${id}`,
          label: t("ptx.snapshot", { name: `${campaignName} ${hash.slice(0, 8)}` }),
        })),
        ...texts.map((name) => ({ value: `file ${name}`, label: t("ptx.file", { name }) })),
      ]}
    />
  );
}

"use client";

import { useT } from "@/app/lib/i18n/client";
import type { Outputs } from "@/app/lib/trpc";
import { Select } from "@/app/ui/select";
import { type PtxTexts, zPtxTexts } from "@/server/domain/reward-source";

/** A source of texts as one word of a list; "" for none. */
export function keyOfPtx(ptx: PtxTexts | null): string {
  if (ptx === null) return "";
  if (ptx.kind === "file") return `file ${ptx.file}`;
  return ptx.kind === "snapshot"
    ? `snapshot ${ptx.snapshotId}`
    : `demonstrations ${ptx.campaignId}`;
}

/** The other way round. */
export function ptxOfKey(key: string): PtxTexts | null {
  const [kind, ...rest] = key.split(" ");
  const what = rest.join(" ");
  const given = { kind, campaignId: what, snapshotId: what, file: what };
  return zPtxTexts.safeParse(given).data ?? null;
}

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

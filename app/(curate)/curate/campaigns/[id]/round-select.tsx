"use client";

import { useT } from "@/app/lib/i18n/client";
import { Select } from "@/app/ui/select";
import type { RoundId } from "@/server/domain/ids";
import type { CampaignDetail } from "@/server/services/campaigns";

interface RoundSelectProps {
  rounds: CampaignDetail["rounds"];
  value: RoundId | undefined;
  onChange: (value: RoundId | undefined) => void;
  /** Whether all rounds together are a choice. */
  all?: boolean;
}

/** One of a campaign's rounds, the latest first. */
export function RoundSelect({ rounds, value, onChange, all }: RoundSelectProps) {
  const t = useT();
  const latest = rounds.toReversed();
  return (
    <Select
      label={t("rankings.round")}
      className="mb-6 w-44"
      value={value ?? ""}
      onChange={(event) => onChange(latest.find((row) => row.id === event.target.value)?.id)}
      placeholder={all ? t("rankings.round.all") : undefined}
      options={latest.map((row) => ({ value: row.id, label: String(row.number) }))}
    />
  );
}

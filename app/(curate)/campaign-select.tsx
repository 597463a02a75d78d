"use client";

import { useRouter } from "next/navigation";
import { useT } from "@/app/lib/i18n/client";
import { type Option, Select } from "@/app/ui/select";

interface CampaignSelectProps {
  /** Where the chosen one is shown: `path?campaign=ID`. */
  path: string;
  value: string;
  options: readonly Option[];
  /** What all of them together are called, where that can be chosen. */
  all?: string;
}

/** Which campaign a page is about; the choice is in the address. */
export function CampaignSelect({ path, value, options, all }: CampaignSelectProps) {
  const t = useT();
  const router = useRouter();
  return (
    <Select
      label={t("prompts.campaign")}
      className="w-56"
      value={value}
      options={all === undefined ? options : [{ value: "", label: all }, ...options]}
      onChange={(event) => {
        const { value } = event.target;
        router.push(value ? `${path}?campaign=${value}` : path);
      }}
    />
  );
}

"use client";

import { useT } from "@/app/lib/i18n/client";
import { Button } from "@/app/ui/button";
import { NumberField } from "@/app/ui/number-field";
import { TextField } from "@/app/ui/text-field";
import type { PartDraft } from "./reward-draft";

interface EndpointFieldsProps {
  part: PartDraft;
  set: (change: Partial<PartDraft>) => void;
  missing: (is: boolean) => string | undefined;
}

/** Where rewards are asked for, how patiently, and who asks. */
export function EndpointFields({ part, set, missing }: EndpointFieldsProps) {
  const t = useT();
  const { headers } = part;
  const change = (place: number, to: Partial<(typeof headers)[number]>) =>
    set({ headers: headers.map((one, i) => (i === place ? { ...one, ...to } : one)) });
  return (
    <>
      <TextField
        type="url"
        label={t("reward.url")}
        help={t("reward.urlHelp")}
        error={missing(!/^https?:\/\/./.test(part.url.trim()))}
        value={part.url}
        onChange={({ target }) => set({ url: target.value })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <NumberField
          label={t("reward.timeout")}
          help={t("reward.timeoutHelp")}
          value={part.timeout}
          error={missing(part.timeout === null || part.timeout <= 0)}
          onChange={(timeout) => set({ timeout })}
        />
        <NumberField
          label={t("reward.retries")}
          help={t("reward.retriesHelp")}
          value={part.retries}
          error={missing(!Number.isInteger(part.retries) || Number(part.retries) < 0)}
          onChange={(retries) => set({ retries })}
        />
      </div>
      {headers.map((header, place) => (
        // oxlint-disable-next-line react/no-array-index-key -- headers have no other name while they are typed
        <div key={place} className="grid gap-4 sm:grid-cols-2">
          <TextField
            label={t("reward.header")}
            placeholder="authorization"
            value={header.name}
            onChange={({ target }) => change(place, { name: target.value })}
          />
          <TextField
            type="password"
            autoComplete="off"
            label={t("reward.headerValue")}
            help={t("reward.headerHelp")}
            value={header.value}
            onChange={({ target }) => change(place, { value: target.value })}
          />
        </div>
      ))}
      <div>
        <Button onClick={() => set({ headers: [...headers, { name: "", value: "" }] })}>
          {t("reward.addHeader")}
        </Button>
      </div>
    </>
  );
}

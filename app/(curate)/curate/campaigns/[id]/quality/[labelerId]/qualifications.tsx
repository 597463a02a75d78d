"use client";

import { useMutation } from "@tanstack/react-query";
import { type SyntheticEvent, useState } from "react";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { TextField } from "@/app/ui/text-field";
import type { UserId } from "@/server/domain/ids";
import { useQualityChanged } from "../use-quality-changed";

interface QualificationsProps {
  labelerId: UserId;
  initial: readonly string[];
  admin: boolean;
}

/** What a labeler is known to be good at, a list with commas. */
export function Qualifications({ labelerId, initial, admin }: QualificationsProps) {
  const t = useT();
  const trpc = useTRPC();
  const { onError, done } = useQualityChanged();
  const [text, setText] = useState(initial.join(", "));
  const save = useMutation(
    trpc.quality.setQualifications.mutationOptions({
      onError,
      onSuccess: () => done(t("labeler.qualifications.saved")),
    }),
  );
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const qualifications = text.split(",").flatMap((part) => part.trim() || []);
    save.mutate({ labelerId, qualifications });
  };
  return (
    <form onSubmit={submit}>
      <fieldset disabled={!admin} className="flex max-w-2xl flex-col items-start gap-3">
        <TextField
          label={t("labeler.qualifications")}
          help={t("labeler.qualifications.help")}
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="w-full"
        />
        {admin && (
          <Button type="submit" busy={save.isPending}>
            {t("labeler.qualifications.save")}
          </Button>
        )}
      </fieldset>
    </form>
  );
}

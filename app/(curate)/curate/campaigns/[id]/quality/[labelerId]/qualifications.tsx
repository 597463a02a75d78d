"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SyntheticEvent, useState } from "react";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { TextField } from "@/app/ui/text-field";
import { useToast } from "@/app/ui/toast";
import type { UserId } from "@/server/domain/ids";

interface QualificationsProps {
  labelerId: UserId;
  initial: readonly string[];
  admin: boolean;
}

/** What a labeler is known to be good at, a list with commas. */
export function Qualifications({ labelerId, initial, admin }: QualificationsProps) {
  const t = useT();
  const trpc = useTRPC();
  const toast = useToast();
  const queries = useQueryClient();
  const [text, setText] = useState(initial.join(", "));
  const save = useMutation(
    trpc.quality.setQualifications.mutationOptions({
      onError: (error) => toast({ text: errorMessage(error, t), tone: "danger" }),
      onSuccess: async () => {
        toast({ text: t("labeler.qualifications.saved") });
        await queries.invalidateQueries(trpc.quality.pathFilter());
      },
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

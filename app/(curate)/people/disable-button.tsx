"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { Dialog } from "@/app/ui/dialog";
import { usePeopleChanged } from "./use-people";

/** Shuts a person out, after asking, or lets them in again. */
export function DisableButton({ person }: { person: Outputs["people"]["list"]["rows"][number] }) {
  const t = useT();
  const trpc = useTRPC();
  const { onError, done } = usePeopleChanged();
  const [asking, setAsking] = useState(false);
  const { name } = person;
  const set = useMutation(
    trpc.people.setDisabled.mutationOptions({
      onError,
      onSuccess: (_, { disabled }) => {
        setAsking(false);
        return done(t(disabled ? "people.disabledNow" : "people.enabledNow", { name }));
      },
    }),
  );
  if (person.disabledAt) {
    return (
      <Button
        look="quiet"
        aria-label={t("people.enable.of", { name })}
        busy={set.isPending}
        onClick={() => set.mutate({ userId: person.id, disabled: false })}
      >
        {t("people.enable")}
      </Button>
    );
  }
  return (
    <>
      <Button
        look="quiet"
        aria-label={t("people.disable.of", { name })}
        onClick={() => setAsking(true)}
      >
        {t("people.disable")}
      </Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("people.disable.title", { name })}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t("action.cancel")}</Button>
            <Button
              look="danger"
              busy={set.isPending}
              onClick={() => set.mutate({ userId: person.id, disabled: true })}
            >
              {t("people.disable")}
            </Button>
          </>
        }
      >
        <p>{t("people.disable.what", { name })}</p>
      </Dialog>
    </>
  );
}

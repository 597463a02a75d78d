"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { errorMessage } from "../lib/error-message";
import { useT } from "../lib/i18n/client";
import { useTRPC } from "../lib/trpc";
import { Button, buttonClass } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { ErrorState } from "../ui/error-state";

/** What is kept of one, to take along or to delete. */
export function OwnData() {
  const t = useT();
  const trpc = useTRPC();
  const [asking, setAsking] = useState(false);
  const erase = useMutation(
    trpc.account.erase.mutationOptions({
      onSuccess: () => location.assign("/sign-in?reason=deleted"),
    }),
  );
  return (
    <>
      <p className="mb-3 text-sm text-muted">{t("data.export.what")}</p>
      <div className="flex flex-wrap gap-2">
        <a href="/account/data" download className={buttonClass("secondary")}>
          {t("data.export")}
        </a>
        <Button look="danger" onClick={() => setAsking(true)}>
          {t("data.delete")}
        </Button>
      </div>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("data.delete.title")}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t("action.cancel")}</Button>
            <Button look="danger" busy={erase.isPending} onClick={() => erase.mutate()}>
              {t("data.delete")}
            </Button>
          </>
        }
      >
        <p>{t("data.delete.what")}</p>
        {erase.error ? <ErrorState message={errorMessage(erase.error, t)} /> : null}
      </Dialog>
    </>
  );
}

"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { usePeopleChanged } from "@/app/(curate)/people/use-people";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Button, buttonClass } from "@/app/ui/button";
import { Dialog } from "@/app/ui/dialog";
import { Section } from "@/app/ui/page-header";
import type { UserId } from "@/server/domain/ids";

interface PersonDataProps {
  userId: UserId;
  name: string;
  /** One's own data are deleted on one's own page. */
  isViewer: boolean;
}

/** What is kept of a person, to hand over or to delete. */
export function PersonData({ userId, name, isViewer }: PersonDataProps) {
  const t = useT();
  const trpc = useTRPC();
  const router = useRouter();
  const { onError, done } = usePeopleChanged();
  const [asking, setAsking] = useState(false);
  const erase = useMutation(
    trpc.people.erase.mutationOptions({
      onError,
      onSuccess: async () => {
        setAsking(false);
        await done(t("person.deleted", { name }));
        router.refresh();
      },
    }),
  );
  return (
    <Section title={t("person.data")} state={t("person.export.what")}>
      <div className="flex flex-wrap gap-2">
        <a href={`/curate/people/${userId}/data`} download className={buttonClass("secondary")}>
          {t("person.export")}
        </a>
        {isViewer ? null : (
          <Button look="danger" onClick={() => setAsking(true)}>
            {t("person.delete")}
          </Button>
        )}
      </div>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("person.delete.title", { name })}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t("action.cancel")}</Button>
            <Button look="danger" busy={erase.isPending} onClick={() => erase.mutate({ userId })}>
              {t("person.delete")}
            </Button>
          </>
        }
      >
        <p>{t("person.delete.what", { name })}</p>
      </Dialog>
    </Section>
  );
}

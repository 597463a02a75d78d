"use client";

import { useMutation } from "@tanstack/react-query";
import type { ConsentId } from "@/server/domain/ids";
import { errorMessage } from "../lib/error-message";
import { useT } from "../lib/i18n/client";
import { signOut } from "../lib/session";
import { useTRPC } from "../lib/trpc";
import { Button } from "../ui/button";

/** Agreeing is a press of its own; not agreeing leads out. */
export function AgreeForm({ consentId }: { consentId: ConsentId }) {
  const t = useT();
  const trpc = useTRPC();
  const agree = useMutation(
    trpc.consent.agree.mutationOptions({ onSuccess: () => location.assign("/label") }),
  );
  return (
    <div className="mt-8 flex flex-wrap gap-3">
      <Button look="primary" busy={agree.isPending} onClick={() => agree.mutate({ consentId })}>
        {t("consent.agree")}
      </Button>
      <Button look="quiet" onClick={() => void signOut()}>
        {t("consent.decline")}
      </Button>
      {agree.error ? (
        <p role="alert" className="w-full text-sm text-danger">
          {errorMessage(agree.error, t)}
        </p>
      ) : null}
    </div>
  );
}

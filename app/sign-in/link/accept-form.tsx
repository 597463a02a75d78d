"use client";

import { useMutation } from "@tanstack/react-query";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { signOut } from "@/app/lib/session";
import { useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";

/** For somebody who is signed in: the invitation adds to what they may do. */
export function AcceptForm({ token, name }: { token: string; name: string }) {
  const t = useT();
  const trpc = useTRPC();
  const accept = useMutation(
    trpc.account.acceptInvite.mutationOptions({ onSuccess: () => location.assign("/") }),
  );
  return (
    <div className="mt-6 flex flex-col items-start gap-3">
      <Button look="primary" busy={accept.isPending} onClick={() => accept.mutate({ token })}>
        {t("signIn.accept", { name })}
      </Button>
      {accept.error ? (
        <p role="alert" className="text-sm text-danger">
          {errorMessage(accept.error, t)}
        </p>
      ) : null}
      <p className="text-sm text-muted">{t("signIn.accept.other")}</p>
      <Button look="quiet" onClick={() => void signOut()}>
        {t("shell.signOut")}
      </Button>
    </div>
  );
}

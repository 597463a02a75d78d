"use client";

import { useT } from "@/app/lib/i18n/client";
import { Button } from "@/app/ui/button";
import { useSignIn } from "../use-sign-in";

/** Uses the link up. A button, since mail programs open links to look at them. */
export function LinkForm({ token, name }: { token: string; name: string }) {
  const t = useT();
  const { run, busy, error, result } = useSignIn();
  return (
    <div className="mt-6">
      <Button
        look="primary"
        busy={busy}
        busyText={t("signIn.busy")}
        onClick={() => void run({ token })}
      >
        {t("signIn.link.submit", { name })}
      </Button>
      {error ? (
        <p role="alert" className="mt-3 text-sm text-danger">
          {result === "wrong" ? t("signIn.unusable.used-up") : error}
        </p>
      ) : null}
    </div>
  );
}

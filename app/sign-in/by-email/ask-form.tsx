"use client";

import { useMutation } from "@tanstack/react-query";
import { errorMessage, fieldErrors } from "@/app/lib/error-message";
import { formText } from "@/app/lib/form-text";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { TextField } from "@/app/ui/text-field";

/** Asks for a sign-in link; what is answered is the same whoever asks. */
export function AskForm() {
  const t = useT();
  const trpc = useTRPC();
  const ask = useMutation(trpc.account.requestLink.mutationOptions());
  if (ask.data)
    return (
      <output className="mt-6 block">
        {t(ask.data.by === "mail" ? "signIn.ask.mailed" : "signIn.ask.told")}
      </output>
    );
  return (
    <form
      method="post"
      className="mt-6 flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        ask.mutate({ email: formText(new FormData(event.currentTarget), "email") });
      }}
    >
      <TextField
        label={t("signIn.email")}
        name="email"
        type="email"
        autoComplete="username"
        required
        error={ask.error ? (fieldErrors(ask.error).email ?? errorMessage(ask.error, t)) : null}
      />
      <Button type="submit" look="primary" busy={ask.isPending}>
        {t("signIn.ask.submit")}
      </Button>
    </form>
  );
}

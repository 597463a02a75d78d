"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { errorMessage, fieldErrors } from "../lib/error-message";
import { formText } from "../lib/form-text";
import { useT } from "../lib/i18n/client";
import { useTRPC } from "../lib/trpc";
import { Button } from "../ui/button";
import { TextField } from "../ui/text-field";
import { useToast } from "../ui/toast";

interface PasswordFormProps {
  hasPassword: boolean;
  email: string | null;
}

/** Changes the password; it ends every session but this one. */
export function PasswordForm({ hasPassword, email }: PasswordFormProps) {
  const t = useT();
  const trpc = useTRPC();
  const toast = useToast();
  const router = useRouter();
  const change = useMutation(
    trpc.account.changePassword.mutationOptions({
      onSuccess: () => {
        toast({ text: t("account.password.changed") });
        router.refresh();
      },
    }),
  );
  const fields = fieldErrors(change.error);
  const refused = change.error && !fields.any ? errorMessage(change.error, t) : null;
  if (!email) return <p className="text-sm text-muted">{t("account.password.needsEmail")}</p>;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const data = new FormData(form);
        const current = data.has("current");
        change.mutate(
          { current: current ? formText(data, "current") : null, next: formText(data, "next") },
          { onSuccess: () => form.reset() },
        );
      }}
    >
      {hasPassword ? null : <p className="text-sm text-muted">{t("account.password.none")}</p>}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      {hasPassword ? (
        <TextField
          label={t("account.password.current")}
          name="current"
          type="password"
          autoComplete="current-password"
          required
          error={refused}
        />
      ) : null}
      <TextField
        label={t("account.password.new")}
        help={t("account.password.help")}
        name="next"
        type="password"
        autoComplete="new-password"
        required
        minLength={10}
        error={fields.next ?? (hasPassword ? null : refused)}
      />
      <Button type="submit" className="self-start" busy={change.isPending}>
        {t(hasPassword ? "account.password.change" : "account.password.set")}
      </Button>
    </form>
  );
}

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

/** Name and e-mail address. */
export function ProfileForm({ name, email }: { name: string; email: string }) {
  const t = useT();
  const trpc = useTRPC();
  const toast = useToast();
  const router = useRouter();
  const update = useMutation(
    trpc.account.update.mutationOptions({
      onSuccess: () => {
        toast({ text: t("shell.saved") });
        router.refresh();
      },
    }),
  );
  const fields = fieldErrors(update.error);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        const address = formText(data, "email").trim();
        update.mutate({ name: formText(data, "name"), ...(address ? { email: address } : {}) });
      }}
    >
      <TextField
        label={t("account.name")}
        help={t("account.name.help")}
        name="name"
        defaultValue={name}
        autoComplete="name"
        required
        error={fields.name}
      />
      <TextField
        label={t("account.email")}
        help={t("account.email.help")}
        name="email"
        type="email"
        defaultValue={email}
        autoComplete="email"
        error={fields.email ?? (update.error && !fields.any ? errorMessage(update.error, t) : null)}
      />
      <Button type="submit" className="self-start" busy={update.isPending}>
        {t("account.saveProfile")}
      </Button>
    </form>
  );
}

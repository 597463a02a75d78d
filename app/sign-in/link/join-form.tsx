"use client";

import { useMutation } from "@tanstack/react-query";
import { errorMessage, fieldErrors } from "@/app/lib/error-message";
import { formText } from "@/app/lib/form-text";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { TextField } from "@/app/ui/text-field";
import { useSignIn } from "../use-sign-in";

/** Makes the account of somebody who was invited, and signs them in. */
export function JoinForm({ token }: { token: string }) {
  const t = useT();
  const trpc = useTRPC();
  const signIn = useSignIn();
  const join = useMutation(
    trpc.account.join.mutationOptions({
      onSuccess: ({ email }, { password }) => signIn.run({ email, password }),
    }),
  );
  const fields = fieldErrors(join.error);
  return (
    <form
      method="post"
      className="mt-6 flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        join.mutate({
          token,
          name: formText(data, "name"),
          email: formText(data, "email"),
          password: formText(data, "password"),
        });
      }}
    >
      <TextField
        label={t("account.name")}
        help={t("account.name.help")}
        name="name"
        autoComplete="name"
        required
        error={fields.name}
      />
      <TextField
        label={t("signIn.email")}
        name="email"
        type="email"
        autoComplete="username"
        required
        error={fields.email}
      />
      <TextField
        label={t("signIn.password")}
        help={t("account.password.help")}
        name="password"
        type="password"
        autoComplete="new-password"
        required
        minLength={10}
        error={fields.password}
      />
      <Button
        type="submit"
        look="primary"
        busy={join.isPending || signIn.busy}
        busyText={t("signIn.busy")}
      >
        {t("signIn.join.submit")}
      </Button>
      {(join.error && !fields.any) || signIn.error ? (
        <p role="alert" className="text-sm text-danger">
          {signIn.error ?? errorMessage(join.error, t)}
        </p>
      ) : null}
    </form>
  );
}

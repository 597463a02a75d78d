"use client";

import { formText } from "../lib/form-text";
import { useT } from "../lib/i18n/client";
import { Button } from "../ui/button";
import { TextField } from "../ui/text-field";
import { useSignIn } from "./use-sign-in";

/** E-mail and password; works with password managers. */
export function PasswordForm() {
  const t = useT();
  const { run, busy, error } = useSignIn();
  return (
    <form
      method="post"
      className="mt-6 flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        void run({
          email: formText(data, "email"),
          password: formText(data, "password"),
        });
      }}
    >
      <TextField
        label={t("signIn.email")}
        name="email"
        type="email"
        autoComplete="username"
        required
      />
      <TextField
        label={t("signIn.password")}
        name="password"
        type="password"
        autoComplete="current-password"
        required
        error={error}
      />
      <Button type="submit" look="primary" busy={busy} busyText={t("signIn.busy")}>
        {t("signIn.submit")}
      </Button>
    </form>
  );
}

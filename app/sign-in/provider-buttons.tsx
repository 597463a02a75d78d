"use client";

import { useState } from "react";
import { inviteCookie } from "@/server/api/invite-cookie";
import { useT } from "../lib/i18n/client";
import { signInAt } from "../lib/session";
import { Button } from "../ui/button";

interface ProviderButtonsProps {
  providers: { id: string; name: string }[];
  /** The invitation that the account elsewhere shall use. */
  inviteToken?: string;
}

/** Ways in by an account elsewhere; nothing where none is configured. */
export function ProviderButtons({ providers, inviteToken }: ProviderButtonsProps) {
  const t = useT();
  const [state, setState] = useState<{ busy: string | null; failed: boolean }>({
    busy: null,
    failed: false,
  });
  if (providers.length === 0) return null;
  const go = async (id: string) => {
    setState({ busy: id, failed: false });
    const secure = location.protocol === "https:" ? "; secure" : "";
    const age = inviteToken ? 600 : 0;
    document.cookie = `${inviteCookie}=${inviteToken ?? ""}; path=/api/auth; max-age=${age}; samesite=lax${secure}`;
    const reached = await signInAt(id);
    if (!reached) setState({ busy: null, failed: true });
  };
  return (
    <div className="mt-4 flex flex-col gap-2">
      {providers.map(({ id, name }) => (
        <Button key={id} busy={state.busy === id} onClick={() => void go(id)}>
          {t("signIn.provider", { name })}
        </Button>
      ))}
      {state.failed ? (
        <p role="alert" className="text-sm text-danger">
          {t("error.network")}
        </p>
      ) : null}
    </div>
  );
}

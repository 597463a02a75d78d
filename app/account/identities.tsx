"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { errorMessage } from "../lib/error-message";
import { useT } from "../lib/i18n/client";
import { type Outputs, useTRPC } from "../lib/trpc";
import { ProviderButtons } from "../sign-in/provider-buttons";
import { Button } from "../ui/button";
import { useToast } from "../ui/toast";

interface IdentitiesProps {
  connected: Outputs["account"]["identities"];
  offered: { id: string; name: string }[];
}

/** The accounts elsewhere that sign one in, and those that could. */
export function Identities({ connected, offered }: IdentitiesProps) {
  const t = useT();
  const trpc = useTRPC();
  const toast = useToast();
  const router = useRouter();
  const disconnect = useMutation(
    trpc.account.disconnect.mutationOptions({
      onError: (error) => toast({ text: errorMessage(error, t), tone: "danger" }),
      onSuccess: () => {
        toast({ text: t("identities.disconnected") });
        router.refresh();
      },
    }),
  );
  const named = (provider: string) => offered.find(({ id }) => id === provider)?.name ?? provider;
  return (
    <>
      <ul className="flex flex-col gap-2">
        {connected.map(({ provider }) => (
          <li key={provider} className="flex flex-wrap items-center justify-between gap-2">
            <span>{named(provider)}</span>
            <Button
              look="quiet"
              busy={disconnect.isPending && disconnect.variables.provider === provider}
              aria-label={t("identities.disconnect.of", { name: named(provider) })}
              onClick={() => disconnect.mutate({ provider })}
            >
              {t("identities.disconnect")}
            </Button>
          </li>
        ))}
      </ul>
      <ProviderButtons
        providers={offered.filter(({ id }) => !connected.some(({ provider }) => provider === id))}
      />
    </>
  );
}

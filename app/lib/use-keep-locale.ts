"use client";

import { useMutation } from "@tanstack/react-query";
import type { Locale } from "./i18n/locale";
import { useTRPC } from "./trpc";

/** Keeps the chosen language with the person, for the next device. */
export function useKeepLocale(): (locale: Locale) => void {
  const trpc = useTRPC();
  const { mutate } = useMutation(trpc.account.update.mutationOptions());
  return (locale) => mutate({ locale });
}

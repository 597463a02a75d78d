"use client";

import { createContext, type ReactNode, use, useCallback, useMemo } from "react";
import type { MessageKey, Messages } from "./catalogue";
import { formatMessage, type Values } from "./format";
import type { Locale } from "./locale";

const Context = createContext<{ locale: Locale; messages: Messages }>({
  locale: "en",
  messages: {},
});

export function MessagesProvider(props: {
  locale: Locale;
  messages: Messages;
  children: ReactNode;
}) {
  const parent = use(Context);
  const value = useMemo(
    () => ({ locale: props.locale, messages: { ...parent.messages, ...props.messages } }),
    [parent, props.locale, props.messages],
  );
  return <Context value={value}>{props.children}</Context>;
}

/** `const t = useT()` in a client component; a key of a wing that no parent gave shows as itself. */
export function useT(): (key: MessageKey, values?: Values) => string {
  const { locale, messages } = use(Context);
  return useCallback(
    (key, values = {}) => {
      const template = messages[key];
      return template === undefined ? key : formatMessage(template, values, locale);
    },
    [locale, messages],
  );
}

export const useLocale = (): Locale => use(Context).locale;

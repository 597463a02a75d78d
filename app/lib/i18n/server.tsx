import { cookies, headers } from "next/headers";
import { cache, type ReactNode } from "react";
import { getActor } from "@/server/api/auth";
import { type Locale, localeCookie, localeOf } from "@/server/domain/locale";
import { catalogues, type MessageKey, type Wing } from "./catalogue";
import { MessagesProvider } from "./client";
import { formatMessage, type Values } from "./format";

export type Translate = (key: MessageKey, values?: Values) => string;

/** The language of this request: the one chosen here (cookie), else the person's, else the browser's. */
export const getLocale = cache(async (): Promise<Locale> => {
  const cookie = (await cookies()).get(localeCookie)?.value;
  const header = (await headers()).get("accept-language");
  return localeOf({ cookie, person: (await getActor())?.locale, header });
});

/** `const t = await getT()` in a server component or a route handler; knows every wing. */
export const getT = cache(async (): Promise<Translate> => {
  const locale = await getLocale();
  const wings = Object.values(catalogues[locale]);
  return (key, values = {}) => {
    const template = wings.find((wing) => key in wing)?.[key];
    return template === undefined ? key : formatMessage(template, values, locale);
  };
});

/** Gives the client components below it the messages of a wing, besides those of its parents. */
export async function WingMessages({ wings, children }: { wings: Wing[]; children: ReactNode }) {
  const locale = await getLocale();
  const messages = Object.assign({}, ...wings.map((wing) => catalogues[locale][wing]));
  return (
    <MessagesProvider locale={locale} messages={messages}>
      {children}
    </MessagesProvider>
  );
}

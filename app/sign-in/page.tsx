import type { Metadata } from "next";
import type { SearchProps } from "../lib/page-props";
import { redirect } from "next/navigation";
import { getActor } from "@/server/api/auth";
import { getT } from "../lib/i18n/server";
import { homeOf } from "../ui/nav-items";
import { PasswordForm } from "./password-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT())("signIn.title") };
}

const reasons = {
  ended: "signIn.ended",
  expired: "signIn.expired",
} as const;

export default async function Page({ searchParams }: SearchProps) {
  const actor = await getActor();
  if (actor) redirect(homeOf(actor));
  const t = await getT();
  const { reason } = await searchParams;
  const key = Object.hasOwn(reasons, String(reason))
    ? reasons[reason as keyof typeof reasons]
    : null;
  return (
    <>
      <h1 className="text-xl font-semibold">{t("signIn.title")}</h1>
      {key ? <output className="mt-1 block text-muted">{t(key)}</output> : null}
      <PasswordForm />
      <p className="mt-6 text-sm text-muted">{t("signIn.link.help")}</p>
    </>
  );
}

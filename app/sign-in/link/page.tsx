import type { Metadata } from "next";
import type { SearchProps } from "@/app/lib/page-props";
import { getT } from "@/app/lib/i18n/server";
import { Link } from "@/app/ui/link";
import { services } from "@/server/services/context";
import { inspectLink } from "@/server/services/invites";
import { JoinForm } from "./join-form";
import { LinkForm } from "./link-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT())("signIn.link.title") };
}

/** Where a one-time link or an invitation leads. Opening it uses nothing up; its button does. */
export default async function Page({ searchParams }: SearchProps) {
  const t = await getT();
  const { token: given } = await searchParams;
  const token = typeof given === "string" ? given : "";
  const link = await inspectLink(services(), token);
  if (!link)
    return (
      <>
        <h1 className="text-xl font-semibold">{t("signIn.link.title")}</h1>
        <p className="mt-2">{t("signIn.link.used")}</p>
        <p className="mt-4">
          <Link href="/sign-in">{t("signIn.title")}</Link>
        </p>
      </>
    );
  const join = link.kind === "join";
  return (
    <>
      <h1 className="text-xl font-semibold">
        {t(join ? "signIn.join.title" : "signIn.link.title")}
      </h1>
      <p className="mt-1 text-muted">
        {join
          ? t("signIn.join.state", { role: t(`role.${link.role}`) })
          : t("signIn.link.state", { name: link.name })}
      </p>
      {join ? <JoinForm token={token} /> : <LinkForm token={token} name={link.name} />}
    </>
  );
}

import type { Metadata } from "next";
import { getT } from "@/app/lib/i18n/server";
import { Link } from "@/app/ui/link";
import { mailSettings } from "@/server/services/mail";
import { AskForm } from "./ask-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT())("signIn.ask.title") };
}

/** For who has no password at hand: a link by mail, or by an admin where no mail is configured. */
export default async function Page() {
  const t = await getT();
  return (
    <>
      <h1 className="text-xl font-semibold">{t("signIn.ask.title")}</h1>
      <p className="mt-1 text-muted">
        {t(mailSettings() ? "signIn.ask.mail" : "signIn.ask.admin")}
      </p>
      <AskForm />
      <p className="mt-6 text-sm">
        <Link href="/sign-in">{t("signIn.ask.back")}</Link>
      </p>
    </>
  );
}

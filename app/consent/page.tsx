import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { pendingConsent } from "@/server/services/consent";
import { services } from "@/server/services/context";
import { getT } from "../lib/i18n/server";
import { requireViewer } from "../lib/viewer";
import { Markdown } from "../ui/markdown";
import { AgreeForm } from "./agree-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT())("consent.title") };
}

/** What a labeler reads and agrees to before the first task, and again when it changes. */
export default async function Page() {
  const t = await getT();
  const viewer = await requireViewer();
  const pending = await pendingConsent(services(), viewer);
  if (!pending) redirect("/label");
  return (
    <>
      <h1 className="text-xl font-semibold">{t("consent.title")}</h1>
      <p className="mt-1 mb-6 text-muted">{t("consent.state", { version: pending.version })}</p>
      <Markdown level={2}>{pending.text}</Markdown>
      <AgreeForm consentId={pending.id} />
    </>
  );
}

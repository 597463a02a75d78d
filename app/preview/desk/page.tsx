import type { Metadata } from "next";
import { getT, WingMessages } from "@/app/lib/i18n/server";
import { requireViewer } from "@/app/lib/viewer";
import { DeskSample } from "./desk-sample";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT())("wizard.preview") };
}

/** The labeler's page with a sample, for the frame in the wizard: no shell around it, nothing is sent. */
export default async function Page() {
  await requireViewer("admin");
  const t = await getT();
  return (
    <WingMessages wings={["label", "ranking", "curate"]}>
      <main aria-label={t("wizard.preview")} className="px-4 py-6 sm:px-6">
        <DeskSample />
      </main>
    </WingMessages>
  );
}

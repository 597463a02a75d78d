import type { Metadata } from "next";
import { PaymentView } from "@/app/(curate)/payment/payment-view";
import { getT } from "@/app/lib/i18n/server";
import { requireViewer } from "@/app/lib/viewer";
import { PageHeader } from "@/app/ui/page-header";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT())("payment.title") };
}

export default async function Page() {
  const t = await getT();
  await requireViewer("admin");
  return (
    <>
      <PageHeader
        parent={{ href: "/curate/people", label: t("people.title") }}
        title={t("payment.title")}
        state={t("payment.state")}
      />
      <PaymentView />
    </>
  );
}

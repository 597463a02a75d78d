import { requireViewer } from "@/app/lib/viewer";
import { services } from "@/server/services/context";
import { getQuality, zQualityRef } from "@/server/services/quality";
import { RulesForm } from "./rules-form";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const viewer = await requireViewer("researcher");
  const about = zQualityRef.parse({ campaignId: (await params).id });
  const { distribution, options, templates } = await getQuality(services(), viewer, about);
  return (
    <RulesForm
      {...about}
      distribution={distribution}
      options={options}
      templates={templates}
      admin={viewer.role === "admin"}
    />
  );
}

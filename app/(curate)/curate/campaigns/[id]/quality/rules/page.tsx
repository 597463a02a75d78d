import { requireViewer } from "@/app/lib/viewer";
import { mayIn } from "@/server/domain/roles";
import { services } from "@/server/services/context";
import { getQuality, zQualityRef } from "@/server/services/quality";
import { RulesForm } from "./rules-form";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const about = zQualityRef.parse({ campaignId: (await params).id });
  const { campaignId } = about;
  const viewer = await requireViewer("researcher", campaignId);
  const { distribution, options, templates } = await getQuality(services(), viewer, about);
  return (
    <RulesForm
      {...about}
      distribution={distribution}
      options={options}
      templates={templates}
      admin={mayIn(viewer, "admin", campaignId)}
    />
  );
}

import { textDownload } from "@/app/lib/text-download";
import { zStudyId } from "@/server/domain/ids";
import { services } from "@/server/services/context";
import { studyCsv } from "@/server/services/studies";

/** Who came by a study, with code, rankings and time. */
export async function GET(_: Request, { params }: { params: Promise<{ id: string }> }) {
  const studyId = zStudyId.parse((await params).id);
  return await textDownload((actor) => studyCsv(services(), actor, { studyId }));
}

import { textDownload } from "@/app/lib/text-download";
import { zUserId } from "@/server/domain/ids";
import { services } from "@/server/services/context";
import { exportPerson } from "@/server/services/person-data";

/** All that the install keeps of a person, for an admin to hand over. */
export async function GET(_: Request, { params }: { params: Promise<{ id: string }> }) {
  const userId = zUserId.parse((await params).id);
  return await textDownload((actor) => exportPerson(services(), actor, { userId }));
}

import { textDownload } from "@/app/lib/text-download";
import { services } from "@/server/services/context";
import { exportPerson } from "@/server/services/person-data";

/** All that the install keeps of whoever asks. */
export const GET = (): Promise<Response> =>
  textDownload((actor) => exportPerson(services(), actor, { userId: actor.id }));

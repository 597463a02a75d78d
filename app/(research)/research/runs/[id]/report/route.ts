import { Readable } from "node:stream";
import { AppError } from "@/server/domain/app-error";
import { zRunId } from "@/server/domain/ids";
import { services } from "@/server/services/context";
import { getRun } from "@/server/services/runs-view";
import { downloadResponse } from "../../../download-response";

/** The held-out report of a reward model, as the shell's `eval reward --json` has it. */
export async function GET(_: Request, { params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return await downloadResponse(async (actor) => {
    const asked = zRunId.safeParse(id);
    const run = asked.success ? await getRun(services(), actor, { id: asked.data }) : null;
    if (!run?.report)
      throw new AppError("not-found", "This run has no report: only reward models have one.");
    return {
      fileName: `report-${run.id}.json`,
      contentType: "application/json; charset=utf-8",
      stream: Readable.from([`${JSON.stringify(run.report, null, 2)}\n`]),
    };
  });
}

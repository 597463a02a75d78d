import { AppError } from "@/server/domain/app-error";
import { services } from "@/server/services/context";
import { exportRunData, zExportRun } from "@/server/services/export-run";
import { downloadResponse } from "../../../download-response";

/** `?split=train|heldout`: the rows that the run learns from, or is judged by. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {
  const split = new URL(request.url).searchParams.get("split") ?? undefined;
  const { id } = await params;
  return await downloadResponse(async (actor) => {
    const asked = zExportRun.safeParse({ id, split });
    if (asked.success) return await exportRunData(services(), actor, asked.data);
    throw new AppError("bad-input", "Ask for split=train or split=heldout.");
  });
}

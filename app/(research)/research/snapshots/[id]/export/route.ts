import { AppError } from "@/server/domain/app-error";
import { zSnapshotId } from "@/server/domain/ids";
import { services } from "@/server/services/context";
import { exportCard, exportSnapshot, zExport } from "@/server/services/export";
import { downloadResponse } from "../../../download-response";

/** `?format=kwise|pairs|card&split=all|train|heldout&gzip=false&simulated=true`, streamed row by row. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {
  const query = new URL(request.url).searchParams;
  const { id } = await params;
  return await downloadResponse(async (actor) => {
    if (query.get("format") === "card")
      return await exportCard(services(), actor, zSnapshotId.parse(id));
    const asked = zExport.safeParse({
      snapshotId: id,
      format: query.get("format") ?? undefined,
      split: query.get("split") ?? undefined,
      gzip: query.get("gzip") !== "false",
      includeSimulated: query.get("simulated") === "true",
    });
    if (asked.success) return await exportSnapshot(services(), actor, asked.data);
    throw new AppError(
      "bad-input",
      "Ask for format=kwise, pairs or card, and split=all, train or heldout.",
    );
  });
}

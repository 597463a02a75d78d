import { Readable } from "node:stream";
import { getActor } from "@/server/api/auth";
import { AppError, type ErrorCode } from "@/server/domain/app-error";
import { zSnapshotId } from "@/server/domain/ids";
import { services } from "@/server/services/context";
import { exportCard, exportSnapshot, zExport } from "@/server/services/export";

const status: Partial<Record<ErrorCode, number>> = {
  "bad-input": 400,
  unauthenticated: 401,
  forbidden: 403,
  "not-found": 404,
};

/** `?format=kwise|pairs|card&split=all|train|heldout&gzip=false&simulated=true`, streamed row by row. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {
  try {
    const actor = await getActor();
    if (!actor) throw new AppError("unauthenticated", "Sign in as a researcher to download data.");
    const query = new URL(request.url).searchParams;
    const snapshotId = zSnapshotId.parse((await params).id);
    if (query.get("format") === "card")
      return file(await exportCard(services(), actor, snapshotId));
    const asked = zExport.safeParse({
      snapshotId,
      format: query.get("format") ?? undefined,
      split: query.get("split") ?? undefined,
      gzip: query.get("gzip") !== "false",
      includeSimulated: query.get("simulated") === "true",
    });
    if (!asked.success)
      throw new AppError(
        "bad-input",
        "Ask for format=kwise, pairs or card, and split=all, train or heldout.",
      );
    return file(await exportSnapshot(services(), actor, asked.data));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return new Response(`${error.message}\n`, {
      status: status[error.code] ?? 500,
      headers: { "content-type": "text/plain; charset=utf-8" },
    });
  }
}

function file(download: { fileName: string; contentType: string; stream: Readable }): Response {
  return new Response(Readable.toWeb(download.stream) as ReadableStream, {
    headers: {
      "content-type": download.contentType,
      "content-disposition": `attachment; filename="${download.fileName}"`,
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  });
}

import { Readable } from "node:stream";
import { getLocale } from "@/app/lib/i18n/server";
import { getActor } from "@/server/api/auth";
import { inLanguage } from "@/server/api/refusals/refusal";
import { AppError, type ErrorCode } from "@/server/domain/app-error";
import type { Actor } from "@/server/services/context";

interface FileDownload {
  readonly fileName: string;
  readonly contentType: string;
  readonly stream: Readable;
}

const statuses: Partial<Record<ErrorCode, number>> = {
  "bad-input": 400,
  unauthenticated: 401,
  forbidden: 403,
  "not-found": 404,
};

/** Streams what `make` gives to whoever is signed in; a refusal is one sentence of plain text, in their language. */
export async function downloadResponse(
  make: (actor: Actor) => Promise<FileDownload>,
): Promise<Response> {
  try {
    const actor = await getActor();
    if (!actor) throw new AppError("unauthenticated", "Sign in first, then download again.");
    const { fileName, contentType, stream } = await make(actor);
    return new Response(Readable.toWeb(stream) as ReadableStream, {
      headers: {
        "content-type": contentType,
        "content-disposition": `attachment; filename="${fileName}"`,
        "cache-control": "private, no-store",
      },
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return new Response(`${inLanguage(error.message, await getLocale())}\n`, {
      status: statuses[error.code] ?? 500,
      headers: { "content-type": "text/plain; charset=utf-8" },
    });
  }
}

import { Readable } from "node:stream";
import { downloadResponse } from "@/app/(research)/research/download-response";
import type { Actor } from "@/server/services/context";

interface TextFile {
  fileName: string;
  text: string;
}

const types: Record<string, string> = {
  csv: "text/csv; charset=utf-8",
  json: "application/json; charset=utf-8",
};

/** A text as a file to keep, by its name's ending; a refusal is one sentence of plain text. */
export const textDownload = (make: (actor: Actor) => Promise<TextFile>): Promise<Response> =>
  downloadResponse(async (actor) => {
    const { fileName, text } = await make(actor);
    const ending = fileName.split(".").at(-1) ?? "";
    const contentType = types[ending] ?? "text/plain; charset=utf-8";
    return { fileName, contentType, stream: Readable.from([Buffer.from(text, "utf8")]) };
  });

import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { serialize } from "superjson";
import { maySomewhere } from "../domain/roles";
import type { ApiContext } from "./context";
import { appRouter } from "./root";

/** Bytes of a body: what labelers send is far smaller; a file of prompts, which admins send, may be 20 MB of text. */
export const mostOfAnybody = 4 * 2 ** 20;
const mostOfAdmins = 64 * 2 ** 20;

/** Answers a call over HTTP. A body that is too large is refused before it is read to its end. */
export async function answerCall(
  req: Request,
  createContext: () => Promise<ApiContext>,
): Promise<Response> {
  const checked = await withinLimit(req, createContext);
  if (checked instanceof Response) return checked;
  return await fetchRequestHandler({
    endpoint: "/api/trpc",
    req: checked,
    router: appRouter,
    createContext,
  });
}

async function withinLimit(
  req: Request,
  createContext: () => Promise<ApiContext>,
): Promise<Request | Response> {
  if (!req.body) return req;
  const length = req.headers.get("content-length");
  if (length !== null && Number(length) <= mostOfAnybody) return req;
  const { actor } = await createContext();
  const most = actor && maySomewhere(actor, "admin") ? mostOfAdmins : mostOfAnybody;
  if (Number(length) > most) return tooLarge(most);
  if (length !== null) return req;
  // in pieces, without a length: counted while they come
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of req.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += piece.byteLength;
    if (bytes > most) return tooLarge(most);
    pieces.push(piece);
  }
  return new Request(req.url, {
    method: req.method,
    headers: req.headers,
    body: Buffer.concat(pieces),
    signal: req.signal,
  });
}

/** As tRPC would say it, so that pages show the sentence. */
function tooLarge(most: number): Response {
  const message = `This is more than ${most / 2 ** 20} MB, which is the most that can be sent at once: send it in parts.`;
  const data = { code: "PAYLOAD_TOO_LARGE", httpStatus: 413, fields: null };
  const error = serialize({ message, code: -32013, data });
  return Response.json({ error }, { status: 413, headers: { connection: "close" } });
}

import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { answerCall, mostOfAnybody } from "./http";
import { requestContext } from "./request-context";

export const callsBelow = "/api/trpc/";

/**
 * Answers a call on Node's own request. A route of Next's would do the same in several times the processor time
 * (decision 0013), and labelers call several times a ranking.
 */
export async function answerNodeCall(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(req.headers))
    if (typeof value === "string") headers.set(name, value);
  const { method = "GET" } = req;
  const url = `http://localhost${req.url}`;
  const request =
    method === "GET" || method === "HEAD"
      ? new Request(url, { method, headers })
      : new Request(url, { method, headers, ...(await bodyOf(req)) });
  const answer = await answerCall(request, () => requestContext(headers));
  res.statusCode = answer.status;
  for (const [name, value] of answer.headers) res.setHeader(name, value);
  res.setHeader("X-Content-Type-Options", "nosniff");
  res.setHeader("Cache-Control", "no-store");
  res.end(Buffer.from(await answer.arrayBuffer()));
}

/** Read to its end where it says that it is short; else as a stream, of which no more is taken than is allowed. */
async function bodyOf(req: IncomingMessage): Promise<{ body: BodyInit; duplex?: "half" }> {
  const length = req.headers["content-length"];
  if (length === undefined || Number(length) > mostOfAnybody) {
    const body = Readable.toWeb(req) as unknown as BodyInit; // Node's stream is the web's
    return { body, duplex: "half" };
  }
  const pieces: Buffer[] = [];
  for await (const piece of req) pieces.push(piece as Buffer);
  return { body: Buffer.concat(pieces) };
}

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import next from "next";
import { answerNodeCall, callsBelow } from "./api/node-call";
import { services } from "./services/context";

/** The site's process: its pages by Next.js, its calls by tRPC on the same port. */
const port = Number(process.env.PORT || 3000);
const dir = fileURLToPath(new URL("..", import.meta.url));
const pages = next({ dev: process.env.NODE_ENV !== "production", dir, port });
const drawPage = pages.getRequestHandler();

async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
  try {
    if (req.url?.startsWith(callsBelow)) await answerNodeCall(req, res);
    else await drawPage(req, res);
  } catch (error) {
    if (req.destroyed && !req.complete) return; // whoever asked is gone
    console.error(`${req.method} ${req.url}:`, error);
    if (!res.headersSent) res.statusCode = 500;
    res.end();
  }
}

services(); // one connection for the calls and the pages
await pages.prepare();
const server = createServer((req, res) => void answer(req, res));
server.listen(port);
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
  });

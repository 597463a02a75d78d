import { parentPort, workerData } from "node:worker_threads";
import { AppError } from "../../domain/app-error";
import { Lane, type LanePlan } from "./lane";
import type { LaneReply, LaneRequest } from "./lanes";

/** A lane on a thread of its own: answers one request after another (lanes.ts). */
const lane = Lane.open(workerData as LanePlan);

async function answer(request: LaneRequest): Promise<LaneReply> {
  const open = await lane;
  switch (request.kind) {
    case "open":
      return { done: null };
    case "run":
      open.refresh();
      return { done: await open.run(request.passes) };
    case "sum":
      return { done: open.sum(request.lanes) };
    case "update":
      open.update(request.numbers);
      return { done: null };
  }
}

parentPort!.on("message", (request: LaneRequest) => {
  void answer(request)
    .catch((error: unknown): LaneReply => ({
      code: error instanceof AppError ? error.code : "internal",
      message: error instanceof Error ? error.message : String(error),
    }))
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port, not a window
    .then((reply) => parentPort!.postMessage(reply));
});

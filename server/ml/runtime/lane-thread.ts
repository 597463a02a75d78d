import { parentPort, workerData } from "node:worker_threads";
import { AppError } from "../../domain/app-error";
import { Lane, type LanePlan } from "./lane";
import type { LaneReply, LaneRequest } from "./lanes";

/** A lane on a thread of its own: does one thing after another, as it is told (lanes.ts). */
const lane = Lane.open(workerData as LanePlan);

async function answer(request: LaneRequest): Promise<LaneReply | null> {
  const open = await lane;
  switch (request.kind) {
    case "open":
      return { done: null };
    case "run":
      return { done: await open.run(request.passes) };
    case "refresh":
      open.refresh();
      return null;
    case "update":
      open.update(request);
      return null;
  }
}

parentPort!.on("message", (request: LaneRequest) => {
  void answer(request)
    .catch((error: unknown): LaneReply => ({
      code: error instanceof AppError ? error.code : "internal",
      message: error instanceof Error ? error.message : String(error),
    }))
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port, not a window
    .then((reply) => reply && parentPort!.postMessage(reply));
});

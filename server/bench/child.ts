/** One of our own sides as a process: the protocol is openSide's. */
import { createInterface } from "node:readline";
import { AppError } from "../domain/app-error";
import { openGemm } from "./gemm";
import type { Runner, Setting } from "./work";
import { findWork } from "./works";

/** What a child is told: a work and which side of it. */
export interface ChildOrder extends Setting {
  readonly work: string;
  readonly side: "ours" | "gemm" | { readonly way: string };
}

async function open({ work, side, ...setting }: ChildOrder): Promise<Runner> {
  const found = findWork(work);
  if (side === "ours") return found.open(setting);
  if (side === "gemm" && found.gemm) return openGemm(found.gemm, setting.threads);
  const way = typeof side === "object" ? found.ways?.[side.way] : undefined;
  if (!way) throw new AppError("internal", `${work} has no side ${JSON.stringify(side)}`);
  return way(setting);
}

const say = (message: object) => process.stdout.write(`${JSON.stringify(message)}\n`);

const runner = await open(JSON.parse(process.argv[2]) as ChildOrder);
say({ about: null });
for await (const line of createInterface({ input: process.stdin })) {
  if (line !== "run") continue;
  const start = performance.now();
  const result = await runner.run();
  say({ ms: performance.now() - start, ...result });
}
say({ peakRss: process.resourceUsage().maxRSS * 1024 });
await runner.dispose();

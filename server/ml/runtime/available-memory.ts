import { readFileSync } from "node:fs";
import { freemem } from "node:os";

/**
 * Bytes that this process may come to hold, what it holds now included: what the machine has free, or
 * less where a container is given less.
 */
export function availableMemory(read: (file: string) => string = readText): number {
  const own = process.memoryUsage.rss();
  const free = /^MemAvailable:\s+(\d+) kB/m.exec(read("/proc/meminfo"));
  const machine = own + (free ? 1024 * Number(free[1]) : freemem());
  const limits = [
    limitOf(read, "/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
    limitOf(
      read,
      "/sys/fs/cgroup/memory/memory.limit_in_bytes",
      "/sys/fs/cgroup/memory/memory.usage_in_bytes",
    ),
  ];
  return Math.min(machine, ...limits.map((left) => own + left));
}

/** What a control group has left; Infinity without one ("max", or no such file). */
function limitOf(read: (file: string) => string, most: string, used: string): number {
  const limit = Number.parseInt(read(most), 10);
  const now = Number.parseInt(read(used), 10);
  return Number.isFinite(limit) && Number.isFinite(now) ? Math.max(0, limit - now) : Infinity;
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return ""; // another system, or no such group
  }
}

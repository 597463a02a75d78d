import { expect, test } from "vitest";
import { availableMemory } from "./available-memory";

const machine = { "/proc/meminfo": "MemTotal: 9000 kB\nMemAvailable:    5000 kB\n" };

/** Bytes beyond what this process holds; it holds a little more or less from call to call. */
function beyond(files: Record<string, string>): number {
  return availableMemory((file) => files[file] ?? "") - process.memoryUsage.rss();
}

const within = 20e6;

test("what the machine has available, and what this process holds", () => {
  const large = { "/proc/meminfo": "MemAvailable: 5000000 kB\n" };
  expect(Math.abs(beyond(large) - 5.12e9)).toBeLessThan(within);
  expect(beyond(machine)).toBeLessThan(within);
});

test.each([
  ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"],
  ["/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.usage_in_bytes"],
])("a container's limit where it is less: %s", (most, used) => {
  const free = { "/proc/meminfo": "MemAvailable: 5000000 kB\n" };
  const limited = { ...free, [most]: "3000000000\n", [used]: "1000000000\n" };
  expect(Math.abs(beyond(limited) - 2e9)).toBeLessThan(within);
  expect(Math.abs(beyond({ ...limited, [most]: "max\n" }) - 5.12e9)).toBeLessThan(within);
});

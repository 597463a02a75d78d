import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";

/**
 * On AMD processors MKL, which PyTorch multiplies by, takes a slow path unless this function says that the
 * processor is Intel's. Preloaded, it makes the peer as fast as it can be.
 */
const SOURCE = "int mkl_serv_intel_cpu_true(void) { return 1; }\n";

/** @returns the environment of a tuned peer, or why there can be none */
export async function tunedEnvironment(
  folder: string,
): Promise<{ env: Record<string, string> } | { missing: string }> {
  if (process.platform !== "linux")
    return { missing: "peers are not tuned: preloading is done on Linux only" };
  const [source, library] = ["tune.c", "tune.so"].map((name) => path.join(folder, name));
  await writeFile(source, SOURCE);
  const { status } = spawnSync("cc", ["-shared", "-fPIC", "-o", library, source]);
  return status === 0
    ? { env: { LD_PRELOAD: library } }
    : { missing: "peers are not tuned: there is no C compiler (cc); install one, e.g. gcc" };
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { ChildOrder } from "./child";
import { measure, type Rival } from "./measure";
import { type RowJson, rowJson } from "./report";
import { openSide } from "./side";
import { tunedEnvironment } from "./tuning";
import type { Peer, Setting, Work } from "./work";

export interface BenchmarkOptions {
  /** A Python with torch and transformers. */
  readonly peer?: string;
  readonly runs?: number;
  readonly threads: number;
  /** Milliseconds between two runs. */
  readonly pause?: number;
  readonly onRow?: (row: RowJson) => void;
}

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** Measures works one after the other, each with its files in a folder that is gone afterwards. */
export async function runBenchmark(
  works: readonly Work[],
  { peer, runs, threads, pause, onRow }: BenchmarkOptions,
): Promise<{ rows: RowJson[]; notes: string[]; wrong: boolean }> {
  const temporary = await mkdtemp(path.join(tmpdir(), "bench-"));
  try {
    const tuning = peer ? await tunedEnvironment(temporary) : null;
    const rows: RowJson[] = [];
    let wrong = false;
    for (const work of works) {
      const folder = await mkdtemp(path.join(temporary, "work-"));
      await work.prepare(folder);
      const setting = { folder, threads };
      const own = (side: ChildOrder["side"]) => () =>
        openOwn({ work: work.name, side, ...setting });
      const rivals: Rival[] = Object.keys(work.ways ?? {}).map((way) => {
        return { name: way, tuned: null, open: own({ way }) };
      });
      for (const { name, tunable, ...how } of peer ? work.peers : []) {
        const open = (env: Record<string, string>) => () => openPeer(peer!, how, setting, env);
        rivals.push({ name, tuned: tunable ? false : null, open: open({}) });
        if (tunable && tuning && "env" in tuning)
          rivals.push({ name, tuned: true, open: open(tuning.env) });
      }
      const gemm = work.gemm && own("gemm");
      const row = await measure(work, { ours: own("ours"), gemm, rivals }, { runs, pause });
      wrong ||= row.wrong.length > 0;
      rows.push(rowJson(row, work.gemm));
      onRow?.(rows.at(-1)!);
      await rm(folder, { recursive: true });
    }
    return { rows, notes: tuning && "missing" in tuning ? [tuning.missing] : [], wrong };
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

function openOwn(order: ChildOrder) {
  return openSide(process.execPath, ["--import", "tsx", here("child.ts"), JSON.stringify(order)]);
}

function openPeer(
  python: string,
  { script, options }: Pick<Peer, "script" | "options">,
  setting: Setting,
  tuning: Record<string, string>,
) {
  const threads = String(setting.threads);
  const order = JSON.stringify({ ...setting, ...options });
  return openSide(python, [here(`peers/${script}`), order], {
    OMP_NUM_THREADS: threads,
    MKL_NUM_THREADS: threads,
    HF_HUB_OFFLINE: "1",
    TRANSFORMERS_VERBOSITY: "error",
    TOKENIZERS_PARALLELISM: "false",
    PYTHONDONTWRITEBYTECODE: "1",
    ...tuning,
  });
}

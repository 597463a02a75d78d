import { gemmFlops } from "./gemm";
import type { PeerFigures, Row } from "./measure";
import type { Summary } from "./statistics";
import type { Work } from "./work";

/** A row with what follows from it: the object that --json prints. */
export function rowJson(row: Row, gemm: Work["gemm"]) {
  const { work, ours, gemmMs, peers, notes, wrong } = row;
  const gemmRate = gemm && gemmMs ? gemmFlops(gemm) / gemmMs / 1e6 : undefined;
  const figures = ({ ms, peakRss }: { ms: Summary; peakRss: number }) => {
    const gflops = row.flops && row.flops / ms.median / 1e6;
    return {
      ms: ms.median,
      min_ms: ms.min,
      max_ms: ms.max,
      runs: ms.runs,
      tokens_per_second: row.tokens && (1000 * row.tokens) / ms.median,
      gflops,
      gemm_share: gflops && gemmRate && gflops / gemmRate,
      peak_rss_bytes: peakRss,
    };
  };
  return {
    work,
    ours: { ...figures(ours), gemm_gflops: gemmRate },
    peers: peers.map((peer) => ({
      name: peer.name,
      tuned: peer.tuned ?? false,
      about: peer.about,
      ...figures(peer),
      ratio: peer.ratio,
    })),
    ratio: lowest(peers, true),
    ratio_tuned: lowest(peers, false),
    notes: [...wrong, ...notes],
  };
}

export type RowJson = ReturnType<typeof rowJson>;

/** To the best peer of one kind; those with nothing to tune are of both. */
function lowest(peers: readonly PeerFigures[], without: boolean): number | undefined {
  const ratios = peers.filter(({ tuned }) => tuned !== without).map(({ ratio }) => ratio);
  return ratios.length > 0 ? Math.min(...ratios) : undefined;
}

const header = ["work", "side", "ms", "min – max", "runs", "tokens/s", "GFLOP/s"];
const columns = [...header, "of Gemm", "peak RSS", "ratio"];

/** The rows as lines of text, columns aligned; notes below. */
export function table(rows: readonly RowJson[]): string[] {
  const cells = rows.flatMap(({ work, ours, peers }) => [
    [work, "ours", ...numbers(ours), ""],
    ...peers.map((peer) => [
      "",
      peer.tuned ? `${peer.name} (tuned)` : peer.name,
      ...numbers(peer),
      `${peer.ratio.toFixed(2)} ×`,
    ]),
  ]);
  const widths = columns.map((name, i) =>
    Math.max(name.length, ...cells.map((line) => line[i].length)),
  );
  const lay = (line: readonly string[]) =>
    line
      .map((cell, i) => (i < 2 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
      .join("  ")
      .trimEnd();
  return [
    lay(columns),
    ...cells.map(lay),
    ...rows.flatMap(({ work, notes }) => notes.map((note) => `${work}: ${note}`)),
  ];
}

function numbers(side: RowJson["ours"] | RowJson["peers"][number]): string[] {
  const show = (x: number | undefined, digits = 0) =>
    x === undefined
      ? ""
      : x.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const digits = side.ms < 100 ? 1 : 0;
  return [
    show(side.ms, digits),
    `${show(side.min_ms, digits)} – ${show(side.max_ms, digits)}`,
    String(side.runs),
    show(side.tokens_per_second),
    show(side.gflops, 1),
    side.gemm_share ? `${Math.round(100 * side.gemm_share)} %` : "",
    `${show(side.peak_rss_bytes / 1e6)} MB`,
  ];
}

import { expect, test } from "vitest";
import { gemmFlops } from "./gemm";
import type { PeerFigures, Row } from "./measure";
import { rowJson, table } from "./report";
import { summarise } from "./statistics";

const gemm = [64, 128, 256] as const;

const peer = (name: string, tuned: boolean | null, ratio: number): PeerFigures => ({
  name,
  tuned,
  ratio,
  about: null,
  ms: summarise([20 * ratio]),
  peakRss: 5e6,
});

const row: Row = {
  work: "train fake",
  tokens: 2000,
  flops: 4e9,
  ours: { ms: summarise([30, 10, 20, 20]), peakRss: 123e6 },
  gemmMs: gemmFlops(gemm) / 400e6, // 400 GFLOP/s
  peers: [peer("compile", false, 2), peer("compile", true, 1.25), peer("eager", false, 3)],
  notes: ["ctranslate2 did not run: not there"],
  wrong: [],
};

test("the median of an even number of runs lies between the two in the middle", () => {
  expect(summarise([4, 1, 3, 2])).toEqual({ runs: 4, min: 1, median: 2.5, max: 4 });
});

test("rates follow from the median, ratios are to the best peer of each kind", () => {
  const { ours, ratio, ratio_tuned, peers } = rowJson(row, gemm);
  expect(ours).toMatchObject({ ms: 20, min_ms: 10, max_ms: 30, runs: 4, peak_rss_bytes: 123e6 });
  expect(ours.tokens_per_second).toBe(100_000);
  expect(ours.gflops).toBeCloseTo(200);
  expect(ours.gemm_share).toBeCloseTo(0.5);
  expect([ratio, ratio_tuned]).toEqual([2, 1.25]);
  expect(peers[1]).toMatchObject({ name: "compile", tuned: true, ms: 25, ratio: 1.25 });
});

test("a peer with nothing to tune counts as shipped and as tuned", () => {
  const both = { ...row, peers: [...row.peers, peer("same engine", null, 1.1)] };
  expect(rowJson(both, gemm)).toMatchObject({ ratio: 1.1, ratio_tuned: 1.1 });
  expect(rowJson({ ...row, peers: [] }, gemm)).toMatchObject({ ratio: undefined });
});

test("the table has a line a side, and says what is missing", () => {
  const lines = table([rowJson(row, gemm)]);
  expect(lines).toHaveLength(6);
  expect(lines[1]).toMatch(
    /^train fake +ours +20\.0 +10\.0 – 30\.0 +4 +100,000 +200\.0 +50 % +123 MB$/,
  );
  expect(lines[3]).toMatch(/^ +compile \(tuned\) .* 1\.25 ×$/);
  expect(lines[5]).toBe("train fake: ctranslate2 did not run: not there");
});

import { expect, test } from "vitest";
import { measure, type Rival } from "./measure";
import { type Side, SideFailure } from "./side";

const work = { name: "fake", runs: 3, warmUps: 1, tokens: 100, flops: 1e9, tolerance: 0.1 };

/** A side that takes these times in turn, and writes down that it ran. */
function fake(log: string[], name: string, times: number[], check = 1): () => Promise<Side> {
  let next = 0;
  return async () => ({
    about: `${name} 1.0`,
    async run() {
      log.push(name);
      return { ms: times[next++ % times.length], check };
    },
    async close() {
      log.push(`${name} closed`);
      return { peakRss: 1000 };
    },
  });
}

const rival = (open: () => Promise<Side>, name = "peer", tuned: boolean | null = false): Rival => ({
  name,
  tuned,
  open,
});

test("ours and each peer run in turn, and a peer is gone before the next comes", async () => {
  const log: string[] = [];
  const row = await measure(
    work,
    {
      ours: fake(log, "A", [9, 10, 20, 30]),
      rivals: [rival(fake(log, "B", [99, 40, 60, 50])), rival(fake(log, "C", [5]), "C", true)],
    },
    { pause: 0 },
  );
  const turns = (name: string) => ["A", name, "A", name, "A", name, `${name} closed`];
  expect(log).toEqual(["A", "B", ...turns("B"), "C", ...turns("C"), "A closed"]);
  expect(row.peers[0]).toEqual({
    name: "peer",
    tuned: false,
    about: "B 1.0",
    ms: { runs: 3, min: 40, median: 50, max: 60 },
    peakRss: 1000,
    ratio: 2.5, // 50 to 20: the warm-ups of 9 and 99 do not count
  });
  expect(row.peers[1].ratio).toBe(0.5); // beside it ours took 9, 10 and 20
  expect(row.ours.ms).toEqual({ runs: 6, min: 9, median: 15, max: 30 });
});

test("alone, ours runs as often as asked", async () => {
  const log: string[] = [];
  const row = await measure(work, { ours: fake(log, "A", [1]), rivals: [] }, { runs: 5, pause: 0 });
  expect(row.ours.ms.runs).toBe(5);
  expect(row.peers).toEqual([]);
});

test("a peer that cannot run is noted, and the others go on", async () => {
  const missing = async (): Promise<Side> => {
    throw new SideFailure("No module named 'torch'");
  };
  const row = await measure(
    work,
    {
      ours: fake([], "A", [1]),
      gemm: fake([], "G", [4]),
      rivals: [rival(missing, "torch", true), rival(fake([], "B", [2]))],
    },
    { pause: 0 },
  );
  expect(row.notes).toEqual(["torch (tuned) did not run: No module named 'torch'"]);
  expect(row.peers.map(({ name }) => name)).toEqual(["peer"]);
  expect(row.gemmMs).toBe(4);
});

test.each([1.2, Number.NaN])("a peer whose loss is %d did other work", async (loss) => {
  const row = await measure(
    work,
    { ours: fake([], "A", [1]), rivals: [rival(fake([], "B", [1], loss))] },
    { pause: 0 },
  );
  expect(row.peers).toEqual([]);
  expect(row.wrong).toEqual([`peer did other work than ours: run 1 gave ${loss}, ours 1`]);
});

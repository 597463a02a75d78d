import { setTimeout } from "node:timers/promises";
import { type Side, SideFailure } from "./side";
import { type Summary, summarise } from "./statistics";
import type { Work } from "./work";

/** A side that ours takes turns with. */
export interface Rival {
  readonly name: string;
  /** Whether it runs with settings of ours; null where there is nothing to tune. */
  readonly tuned: boolean | null;
  readonly open: () => Promise<Side>;
}

export interface PeerFigures {
  readonly name: string;
  readonly tuned: boolean | null;
  readonly about: string | null;
  readonly ms: Summary;
  readonly peakRss: number;
  /** Its median to ours, of the runs in turn with it alone: above 1 ours is faster. */
  readonly ratio: number;
}

/** One row of the table. */
export interface Row {
  readonly work: string;
  readonly tokens?: number;
  readonly flops?: number;
  readonly ours: { readonly ms: Summary; readonly peakRss: number };
  /** Median of a run of the bare product, in milliseconds. */
  readonly gemmMs?: number;
  readonly peers: readonly PeerFigures[];
  /** What could not be measured, and why. */
  readonly notes: readonly string[];
  /** Sides that did other work than ours. */
  readonly wrong: readonly string[];
}

interface Sides {
  readonly ours: () => Promise<Side>;
  readonly gemm?: () => Promise<Side>;
  readonly rivals: readonly Rival[];
}

const CHECKS = 3; // first runs whose losses must agree

/**
 * Measures ours beside each rival in turn, A B A B …: they share the noise of the machine, and never its
 * cores, since the one is idle while the other runs.
 * @param pause milliseconds between two runs, for threads that spin when they have nothing to do
 */
export async function measure(
  work: Pick<Work, "name" | "runs" | "warmUps" | "tokens" | "flops" | "tolerance">,
  sides: Sides,
  { runs = work.runs, pause = 250 }: { runs?: number; pause?: number } = {},
): Promise<Row> {
  const start = async (open: () => Promise<Side>) => {
    const side = watch(await open(), pause);
    for (let i = 0; i < (work.warmUps ?? 2); i++) await side.run();
    return side;
  };
  const ours = await start(sides.ours);
  const all: number[] = [];
  const inTurn = async (open: () => Promise<Side>) => {
    const rival = await start(open);
    const [mine, theirs]: [number[], number[]] = [[], []];
    for (let i = 0; i < runs; i++) {
      mine.push(await ours.run());
      theirs.push(await rival.run());
    }
    const { peakRss } = await rival.close();
    all.push(...mine);
    const ms = summarise(theirs);
    return { ms, peakRss, ratio: ms.median / summarise(mine).median, rival };
  };

  const peers: PeerFigures[] = [];
  const notes: string[] = [];
  const wrong: string[] = [];
  const gemm = sides.gemm && (await inTurn(sides.gemm));
  for (const { name, tuned, open } of sides.rivals) {
    try {
      const { rival, ...figures } = await inTurn(open);
      const difference = disagreement(ours.checks, rival.checks, work.tolerance ?? 0);
      if (difference) wrong.push(`${name} ${difference}`);
      else peers.push({ name, tuned, about: rival.about, ...figures });
    } catch (error) {
      if (!(error instanceof SideFailure)) throw error;
      notes.push(`${name}${tuned ? " (tuned)" : ""} did not run: ${error.message}`);
    }
  }
  while (all.length < runs) all.push(await ours.run());
  const { peakRss } = await ours.close();
  return {
    work: work.name,
    tokens: work.tokens,
    flops: work.flops,
    ours: { ms: summarise(all), peakRss },
    gemmMs: gemm?.ms.median,
    peers,
    notes,
    wrong,
  };
}

/** A side that pauses before each run and remembers its first checks. */
function watch(side: Side, pause: number) {
  const checks: (number | undefined)[] = [];
  return {
    about: side.about,
    checks,
    close: () => side.close(),
    async run(): Promise<number> {
      await setTimeout(pause);
      const { ms, check } = await side.run();
      if (checks.length < CHECKS) checks.push(check);
      return ms;
    },
  };
}

/** What two sides' first checks differ in, in words; null where they agree. */
function disagreement(
  ours: readonly (number | undefined)[],
  theirs: readonly (number | undefined)[],
  tolerance: number,
): string | null {
  for (const [i, expected] of ours.entries()) {
    const got = theirs[i];
    // written so that NaN is a difference
    if (expected === undefined || (got !== undefined && Math.abs(got - expected) <= tolerance))
      continue;
    return `did other work than ours: run ${i + 1} gave ${got}, ours ${expected}`;
  }
  return null;
}

import { copyFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { encode } from "next-auth/jwt";
import { migrateDatabase } from "../../server/db/migrate";
import { openDatabase } from "../../server/db/open";
import { foldersIn } from "../../server/services/folders";
import { sessionSecret } from "../../server/services/secret";
import { sessionSeconds, type SignedIn } from "../../server/services/sessions";
import { freePort } from "../fixtures/free-port";
import { type Audit, audit } from "./audit";
import { type Kind, Meter } from "./calls";
import type { LatencySummary } from "./figures";
import { labels, type Ledger } from "./labeler";
import { prefill, type Prefilled, type Size } from "./prefill";
import { seeded } from "./random";
import { Site } from "./site";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface LoadOptions extends Size {
  readonly minutes: number;
  /** Seconds of thought on a task, at least and at most. */
  readonly think: readonly [number, number];
  /** Share of tasks in whose midst the browser dies. */
  readonly dying: number;
  /** How often the server is killed, evenly over the time. */
  readonly kills: number;
  /** Where the filled database is kept, and taken from when it is there. */
  readonly keep?: string;
  readonly onNews?: (news: string) => void;
}

type Figures = Record<Kind, LatencySummary | null>;

export interface LoadReport {
  /** Of every answered call. */
  readonly all: Figures;
  /** Without those sent in the seconds after a start of the server, while its code is still cold. */
  readonly warm: Figures;
  readonly warmUpSeconds: number;
  readonly seconds: number;
  /** Milliseconds of each start after a kill, until it answered. */
  readonly restarts: readonly number[];
  readonly acknowledged: number;
  readonly late: number;
  readonly deaths: number;
  readonly lostDrafts: number;
  readonly unanswered: number;
  readonly refused: readonly string[];
  readonly audit: Audit;
  readonly server: {
    readonly rss: number;
    readonly peakRss: number;
    readonly cpuSeconds: number;
    readonly said: string;
  };
  /** How late the labelers' own timers came, in milliseconds: what the measuring process adds at most. */
  readonly ownLag: { readonly p50: number; readonly p99: number };
  readonly databaseBytes: number;
}

const warmUpSeconds = 10;
/** Labelers come one after the other within so many milliseconds. */
const arrival = 8000;

/**
 * Simulated labelers against the production build on a data folder of its own, over HTTP, as
 * browsers do it: tRPC with its batch link, session cookies, drafts a second after a change, the next task ahead,
 * finished rankings sent until they are acknowledged. Latencies are wall-clock times of whole calls as this process
 * sees them, from sending to the parsed answer, exact quantiles over every one of them; this process shares the
 * machine with the server, and its own delay is in them. Sessions are made by the service that sign-in makes them by:
 * no password is hashed in the measured time.
 */
export async function runLoad(options: LoadOptions): Promise<LoadReport> {
  const data = await mkdtemp(path.join(tmpdir(), "revealed-load-"));
  const { onNews = () => {} } = options;
  const site = new Site(root, data, await freePort());
  try {
    const filled = await fill(data, options);
    onNews("the database is filled");
    await site.start();
    onNews(`the site answers at ${site.address}`);
    const measured = await label(site, data, filled, options);
    await site.kill();
    onNews("the labelers are done");
    const file = databaseFile(data);
    const db = openDatabase(file);
    const found = await audit(db.read, measured.ledger.acknowledged);
    await db.close();
    return reportOf(site, measured, found, (await stat(file)).size);
  } finally {
    await site.kill();
    await rm(data, { recursive: true, force: true });
  }
}

const databaseFile = (folder: string) => path.join(folder, "revealed.sqlite");

/** A filled database in `data`: made now, or copied from where an earlier run kept it. */
async function fill(data: string, { keep, ...size }: LoadOptions): Promise<Prefilled> {
  const kept = keep && path.join(keep, `${size.labelers}-${size.completions}-${size.rankings}`);
  if (kept && existsSync(path.join(kept, "filled.json"))) {
    await copyFile(databaseFile(kept), databaseFile(data));
    await migrateDatabase(databaseFile(data));
    return JSON.parse(await readFile(path.join(kept, "filled.json"), "utf8")) as Prefilled;
  }
  await migrateDatabase(databaseFile(data));
  const db = openDatabase(databaseFile(data));
  const filled = await prefill({ db, folders: foldersIn(data) }, size);
  await db.close(); // the last connection moves the log into the file
  if (kept) {
    await mkdir(kept, { recursive: true });
    await copyFile(databaseFile(data), databaseFile(kept));
    await writeFile(path.join(kept, "filled.json"), JSON.stringify(filled));
  }
  return filled;
}

interface Measured {
  meter: Meter;
  ledger: Ledger;
  /** Moments at which the server began to answer, by performance.now(). */
  starts: number[];
  restarts: number[];
  seconds: number;
  ownLag: { p50: number; p99: number };
}

async function label(
  site: Site,
  data: string,
  { campaignId, labelers }: Prefilled,
  { minutes, think, dying, kills, seed, onNews }: LoadOptions,
): Promise<Measured> {
  const secret = sessionSecret(foldersIn(data));
  const meter = new Meter();
  const ledger: Ledger = { acknowledged: [], lostDrafts: 0, deaths: 0 };
  const begun = performance.now();
  const over = begun + minutes * 60_000;
  const lag = monitorEventLoopDelay({ resolution: 5 });
  lag.enable();
  const starts = [begun];
  const restarts: number[] = [];
  const spread = Math.min(arrival, minutes * 6000);
  const work = labelers.map(async (signedIn, i) => {
    const random = seeded(seed * 10_007 + i);
    const cookie = await cookieOf(signedIn, secret);
    await sleep(random() * spread);
    const about = { address: site.address, cookie, labelerId: signedIn.id, campaignId };
    const isOver = () => performance.now() > over;
    await labels({ ...about, random, think, dying, meter, ledger, isOver });
  });
  const killing = async () => {
    for (let i = 1; i <= kills; i++) {
      await sleep(Math.max(0, begun + (i * (over - begun)) / (kills + 1) - performance.now()));
      await site.kill();
      const dead = performance.now();
      await site.start();
      starts.push(performance.now());
      restarts.push(performance.now() - dead);
      onNews?.(`the server was killed and is back after ${restarts.at(-1)!.toFixed(0)} ms`);
    }
  };
  await Promise.all([...work, killing()]);
  lag.disable();
  const ownLag = { p50: lag.percentile(50) / 1e6 - 5, p99: lag.percentile(99) / 1e6 - 5 };
  return { meter, ledger, starts, restarts, seconds: (performance.now() - begun) / 1000, ownLag };
}

/** The cookie that the site gives when somebody signs in. */
async function cookieOf(signedIn: SignedIn, secret: string): Promise<string> {
  const token = await encode({ token: { signedIn }, secret, maxAge: sessionSeconds });
  return `next-auth.session-token=${token}`;
}

function reportOf(site: Site, measured: Measured, found: Audit, databaseBytes: number): LoadReport {
  const { meter, ledger, starts, restarts, seconds, ownLag } = measured;
  const isWarm = (at: number) =>
    starts.every((start, i) => {
      // of a restart: from the kill on, when there was nobody to answer
      const from = i === 0 ? start : start - restarts[i - 1];
      return at < from || at > start + warmUpSeconds * 1000;
    });
  const figures = (counts?: (at: number) => boolean): Figures => {
    const { page, next, draft, submit, renew, progress } = meter.kinds;
    return {
      page: page.summary(counts),
      next: next.summary(counts),
      draft: draft.summary(counts),
      submit: submit.summary(counts),
      renew: renew.summary(counts),
      progress: progress.summary(counts),
    };
  };
  const { acknowledged, deaths, lostDrafts } = ledger;
  return {
    all: figures(),
    warm: figures(isWarm),
    warmUpSeconds,
    seconds,
    restarts,
    acknowledged: acknowledged.length,
    late: acknowledged.filter(({ outcome }) => outcome === "late").length,
    deaths,
    lostDrafts,
    unanswered: meter.unanswered,
    refused: meter.refused,
    audit: found,
    server: {
      rss: site.lastRss,
      peakRss: site.peakRss,
      cpuSeconds: site.cpuSeconds,
      said: site.said.trim(),
    },
    ownLag,
    databaseBytes,
  };
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** The web process of the production build, over a data folder; it can be killed and started again. */
export class Site {
  private child: ChildProcess | null = null;
  private stopped = false;
  private sampling: ReturnType<typeof setInterval> | undefined;
  /** Bytes, the most that was seen, and what it was last. */
  peakRss = 0;
  lastRss = 0;
  /** Seconds of processor time that all its lives took together, as last seen. */
  private spent = 0;
  private spentBefore = 0;
  /** All that it printed to stderr. */
  said = "";

  constructor(
    private readonly root: string,
    private readonly data: string,
    readonly port: number,
  ) {}

  get address(): string {
    return `http://localhost:${this.port}`;
  }

  get cpuSeconds(): number {
    return this.spentBefore + this.spent;
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, ["--import", "tsx", "server/site.ts"], {
      cwd: this.root,
      env: {
        ...process.env,
        PORT: String(this.port),
        REVEALED_DATA: this.data,
        DATABASE_URL: "",
        NODE_ENV: "production",
        NEXT_TELEMETRY_DISABLED: "1",
        AUTH_TRUST_HOST: "true",
      },
      stdio: ["ignore", "ignore", "pipe"],
    });
    this.child = child;
    child.stderr.on("data", (chunk: Buffer) => (this.said += chunk.toString()));
    child.once("exit", (code) => {
      if (!this.stopped && this.child === child)
        this.said += `\nthe site ended by itself (${code})`;
    });
    clearInterval(this.sampling);
    this.sampling = setInterval(() => this.sample(), 500);
    for (;;) {
      if (child.exitCode !== null) throw new Error(`The site did not start:\n${this.said}`);
      try {
        await fetch(`${this.address}/sign-in`);
        return;
      } catch {
        await sleep(50);
      }
    }
  }

  private sample(): void {
    const pid = this.child?.pid;
    if (pid === undefined) return;
    try {
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      const rss = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024;
      if (rss > 0) this.lastRss = rss; // a killed process has none
      this.peakRss = Math.max(this.peakRss, this.lastRss);
      const [, stat] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
      const fields = stat.split(" ");
      this.spent = (Number(fields[11]) + Number(fields[12])) / 100;
    } catch {
      // gone, or a system without /proc: what was seen before stands
    }
  }

  /** As a power cut would: nothing is told beforehand. */
  async kill(): Promise<void> {
    const { child } = this;
    if (!child) return;
    this.stopped = true;
    this.sample();
    this.spentBefore += this.spent;
    this.spent = 0;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
    clearInterval(this.sampling);
    this.child = null;
    this.stopped = false;
  }
}

import { beforeEach, expect, test, vi } from "vitest";
import { findJob, listJobs, renewJob, updateJob } from "../db/queries/job";
import { forEachDialect } from "../db/testing";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import type { CampaignId, JobId } from "../domain/ids";
import type { Services } from "../services/context";
import { claimNext, recoverDead, recoverExpired } from "../services/job-queue";
import { cancelJob, enqueue } from "../services/jobs";
import { testActor, testServices } from "../services/testing";
import { defineJob, Released, type Job } from "./define-job";
import { work } from "./work";

const longAgo = new Date("2020-01-01");

forEachDialect((makeDb) => {
  let ctx: Services;
  beforeEach(async () => {
    ctx = await testServices(makeDb);
  });

  const queue = (rankings: number) =>
    write(ctx.db, (tx) => enqueue(tx, "simulate", { campaignId: "c" as CampaignId, rankings }));
  const jobRow = async (id: JobId) => (await findJob(ctx.db.read, id))!;
  const play = (run: (rankings: number, job: Job) => Promise<void>) =>
    defineJob({ name: "simulate", run: (input, job) => run(input.rankings, job) });
  /** Works until nothing waits. */
  const workOff = (
    run: (rankings: number, job: Job) => Promise<void>,
    log?: (line: string, error?: unknown) => void,
  ) =>
    work(ctx, {
      definitions: [play(run)],
      stop: new AbortController().signal,
      untilIdle: true,
      log,
    });

  test("each job is claimed once, however many claim at once", async () => {
    const ids = [await queue(1), await queue(2), await queue(3)].map((row) => row.id);
    const claimed = await Promise.all(
      Array.from({ length: 6 }, (_, i) => claimNext(ctx, `worker:${i}`)),
    );
    expect(claimed.flatMap((row) => row?.id ?? []).sort()).toStrictEqual(ids.sort());
  });

  test("the same work is not queued twice while it waits or runs, and may be again later", async () => {
    const first = await queue(1);
    expect((await queue(1)).id).toBe(first.id);
    await claimNext(ctx, "w:1");
    expect((await queue(1)).id).toBe(first.id);
    await end(first.id);
    expect((await queue(1)).id).not.toBe(first.id);
  });
  const end = (id: JobId) =>
    write(ctx.db, (tx) => updateJob(tx, id, { status: "done", key: null }));

  test("what a person waits for goes first, then what was asked for first", async () => {
    const order: string[] = [];
    await queue(1);
    await write(ctx.db, (tx) => enqueue(tx, "import-models", {}));
    await queue(2);
    const importing = defineJob({
      name: "import-models",
      run: async () => void order.push("import"),
    });
    const stop = new AbortController().signal;
    const playing = play(async (n) => void order.push(String(n)));
    await work(ctx, { definitions: [playing, importing], stop, untilIdle: true });
    expect(order).toStrictEqual(["import", "1", "2"]);
  });

  test("a job ends done, with all its progress; a refusal is kept, a fault is logged too", async () => {
    const [good, refused, broken] = [await queue(1), await queue(2), await queue(3)];
    const log = vi.fn<(line: string, error?: unknown) => void>();
    await workOff(async (n, job) => {
      await job.progress({ progress: 0.5, message: "half" });
      if (n === 2) throw new AppError("bad-input", "No prompts: add some.");
      if (n === 3) throw new TypeError("x is undefined");
    }, log);
    expect(await jobRow(good.id)).toMatchObject({ status: "done", progress: 1, key: null });
    expect(await jobRow(refused.id)).toMatchObject({
      status: "failed",
      error: "No prompts: add some.",
      message: "half",
    });
    expect(await jobRow(broken.id)).toMatchObject({ status: "failed", error: "x is undefined" });
    expect(log).toHaveBeenCalledOnce();
  });

  test("a job whose worker was killed goes on in another once its lease is over", async () => {
    const { id } = await queue(1);
    await claimNext(ctx, "elsewhere:1"); // and nothing more is heard of it
    await recoverExpired(ctx);
    expect((await jobRow(id)).status).toBe("running");
    await write(ctx.db, (tx) => updateJob(tx, id, { leaseExpiresAt: longAgo }));
    await recoverExpired(ctx);
    expect(await jobRow(id)).toMatchObject({ status: "queued", attempts: 1, workerId: null });
    const seen: number[] = [];
    await workOff(async (n) => void seen.push(n));
    expect(seen).toStrictEqual([1]);
  });

  test("a worker does not wait for the lease of a dead one on its own machine", async () => {
    const { id } = await queue(1);
    const { hostname } = await import("node:os");
    await claimNext(ctx, `${hostname()}:${process.ppid}`); // alive
    await recoverDead(ctx);
    expect((await jobRow(id)).status).toBe("running");
    await write(ctx.db, (tx) => updateJob(tx, id, { workerId: `${hostname()}:999999999` }));
    await recoverDead(ctx);
    expect((await jobRow(id)).status).toBe("queued");
  });

  test("a job that kills its worker every time is given up, with the reason", async () => {
    const { id } = await queue(1);
    for (let attempt = 0; attempt < 3; attempt++) {
      await claimNext(ctx, "elsewhere:1");
      await write(ctx.db, (tx) => updateJob(tx, id, { leaseExpiresAt: longAgo }));
      await recoverExpired(ctx);
    }
    expect(await jobRow(id)).toMatchObject({ status: "failed" });
    expect((await jobRow(id)).error).toContain("died 3 times");
  });

  test("a worker that lost its job to another neither ends it nor writes to it", async () => {
    const { id } = await queue(1);
    await workOff(async (_, job) => {
      const stolen = { workerId: "thief:1", message: "mine" };
      await write(ctx.db, (tx) => updateJob(tx, id, stolen));
      await job.progress({ message: "still here" });
    });
    expect(await jobRow(id)).toMatchObject({
      status: "running",
      workerId: "thief:1",
      message: "mine",
    });
    const late = await write(ctx.db, (tx) =>
      renewJob(tx, id, "elsewhere:1", { leaseExpiresAt: new Date() }),
    );
    expect(late).toBeNull();
  });

  test("a cancelled job ends at once while it waits, at its next step while it runs", async () => {
    const researcher = await testActor(ctx, "researcher");
    const waiting = await queue(1);
    await cancelJob(ctx, researcher, { jobId: waiting.id });
    expect((await jobRow(waiting.id)).status).toBe("cancelled");
    const running = await queue(2);
    let finished = false;
    await workOff(async (_, job) => {
      await cancelJob(ctx, researcher, { jobId: running.id });
      await job.progress({ progress: 0.1 });
      finished = true;
    });
    expect(finished).toBe(false);
    expect((await jobRow(running.id)).status).toBe("cancelled");
    expect(await listJobs(ctx.db.read)).toStrictEqual([]);
  });

  test("a labeler does not cancel jobs", async () => {
    const { id } = await queue(1);
    const labeler = await testActor(ctx, "labeler");
    await expect(cancelJob(ctx, labeler, { jobId: id })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test("a worker that is told to stop releases its job, which costs it no attempt", async () => {
    const { id } = await queue(1);
    const stop = new AbortController();
    const definition = play(async (_, job) => {
      stop.abort();
      if (job.stopping()) throw new Released();
    });
    await work(ctx, { definitions: [definition], stop: stop.signal });
    expect(await jobRow(id)).toMatchObject({ status: "queued", attempts: 0, workerId: null });
    await workOff(async () => {});
    expect((await jobRow(id)).status).toBe("done");
  });

  test("what is done by the way is done when no job waits; its failure stops nothing", async () => {
    const stop = new AbortController();
    const order: string[] = [];
    await queue(1);
    const definition = play(async () => {
      order.push("job");
    });
    const idle = async () => {
      order.push("idle");
      stop.abort();
      throw new Error("by the way");
    };
    const log = vi.fn<(line: string, error?: unknown) => void>();
    await work(ctx, { definitions: [definition], stop: stop.signal, idle, log });
    expect(order).toEqual(["job", "idle"]);
    expect(log).toHaveBeenCalledWith("while idle:", expect.any(Error));
  });
});

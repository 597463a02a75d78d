import assert from "node:assert/strict";
import { eq } from "drizzle-orm";
import { vi } from "vitest";
import type { Sql } from "../db/client";
import * as schema from "../db/schema";
import * as qualitySchema from "../db/schema-quality";
import { write } from "../db/write";
import type { Distribution } from "../domain/distribution";
import type { RoundId } from "../domain/ids";
import type { Actor, Services } from "./context";
import { type LabelerTask, nextTask } from "./labeling";
import { renewLease, saveDraft, skipTask, submitRanking } from "./labeling-submit";
import { type TestCampaign, testCampaign, testTask } from "./snapshots-testing";
import { testActor } from "./testing";

/** What decides which tasks somebody may be given. */
export interface Traits {
  languages: string[] | null;
  qualified: boolean;
}

type Doing = "next" | "ahead" | "submit" | "skip" | "draft" | "renew";

export interface Step {
  labeler: number;
  act: Doing | "wait" | "die";
  /** The server dies at that statement of the change, or once it is done and not yet kept; null: it lives. */
  diesAt: number | null;
  /** The change is kept, and the answer lost. */
  mute: boolean;
}

const overlap = 2; // as testTask makes them

/** The tasks that a world may have: who may not have which, by the labeler's number. */
const tasks = [
  { name: "p" },
  { name: "q", language: "en" },
  { name: "r", language: "ko" },
  { name: "own prompt", promptOf: 0 },
  { name: "own answer", answerOf: 1 },
  { name: "pool", calibration: true },
  { name: "pool en", calibration: true, language: "en" },
  { name: "gold 1", gold: true },
  { name: "gold 2", gold: true, language: "ko" },
] as const satisfies readonly TaskTraits[];
interface TaskTraits {
  name: string;
  language?: string;
  /** Whose prompt it is. */
  promptOf?: number;
  /** Whose demonstration is one of its answers. */
  answerOf?: number;
  calibration?: boolean;
  gold?: boolean;
}
export type TaskName = (typeof tasks)[number]["name"];
export const taskNames: readonly TaskName[] = tasks.map(({ name }) => name);

/** A labeler's browser: what it holds, and what it is done with. */
export interface Browser extends Traits {
  number: number;
  actor: Actor;
  held: LabelerTask[];
  finished: Set<string>;
}

const ranking = (task: LabelerTask) => ({
  groups: [task.completions.map(({ letter }) => letter)],
  notRankable: [],
  noneAcceptable: false,
  seconds: 1,
});
const draft = {
  version: 1,
  ranks: {},
  notRankable: [],
  noneAcceptable: false,
  comment: "",
  seconds: 0,
};

/** A round before the one that collects. */
async function earlierRound(tx: Sql, { campaignId, roundId }: TestCampaign): Promise<RoundId> {
  const [now] = await tx.select().from(schema.round).where(eq(schema.round.id, roundId));
  const { policyModelId } = now;
  const before = { campaignId, number: 0, status: "done", policyModelId } as const;
  await tx.insert(schema.round).values(before).onConflictDoNothing();
  const [row] = await tx.select().from(schema.round).where(eq(schema.round.number, 0));
  return row.id;
}

const qualification = "law";

/** One campaign with all kinds of tasks, and labelers of all kinds; two more come fresh at the end. */
export class World {
  readonly browsers: Browser[] = [];
  private readonly reasons = new Map<string, string>();

  private constructor(
    readonly ctx: Services,
    private readonly asksQualified: boolean,
  ) {}

  static async make(
    ctx: Services,
    labelers: readonly Traits[],
    how: Omit<Distribution, "qualification"> & { asksQualified: boolean },
    names: readonly TaskName[],
  ): Promise<World> {
    const { asksQualified, ...distribution } = how;
    const world = new World(ctx, asksQualified);
    const campaign = await testCampaign(ctx, "sorting");
    const config = {
      distribution: { ...distribution, qualification: asksQualified ? qualification : "" },
    };
    await write(ctx.db, (tx) => tx.update(schema.campaign).set({ config }));
    for (const traits of labelers) await world.join(traits);
    for (const task of tasks) if (names.includes(task.name)) await world.addTask(campaign, task);
    return world;
  }

  async join({ languages, qualified }: Traits): Promise<Browser> {
    const number = this.browsers.length;
    const actor = await testActor(this.ctx, "labeler", `L${number}`);
    const qualifications = qualified ? [qualification] : [];
    await write(this.ctx.db, (tx) =>
      tx.update(schema.user).set({ languages, qualifications }).where(eq(schema.user.id, actor.id)),
    );
    const browser = { number, actor, languages, qualified, held: [], finished: new Set<string>() };
    this.browsers.push(browser);
    return browser;
  }

  private async addTask(campaign: TestCampaign, task: TaskTraits): Promise<void> {
    const { name, language = null, promptOf, answerOf, calibration = false, gold } = task;
    const texts = ["1", "2", "3", "4"].map((n) => name + n);
    const { taskId, promptId, completionIds } = await testTask(this.ctx, campaign, name, texts);
    const { campaignId } = campaign;
    const idOf = (number: number) => this.browsers[number].actor.id;
    await write(this.ctx.db, async (tx) => {
      const createdById = promptOf === undefined ? null : idOf(promptOf);
      await tx
        .update(schema.prompt)
        .set({ language, createdById })
        .where(eq(schema.prompt.id, promptId));
      await tx.update(schema.task).set({ calibration }).where(eq(schema.task.id, taskId));
      if (answerOf !== undefined) {
        const written = { campaignId, promptId, authorId: idOf(answerOf), text: "mine" };
        const [{ id: demonstrationId }] = await tx
          .insert(schema.demonstration)
          .values({ ...written, status: "accepted" })
          .returning();
        await tx
          .update(schema.completion)
          .set({ demonstrationId })
          .where(eq(schema.completion.id, completionIds[0]));
      }
      if (!gold) return;
      // of an earlier round: as an ordinary task it is done with
      const roundId = await earlierRound(tx, campaign);
      await tx.update(schema.task).set({ roundId }).where(eq(schema.task.id, taskId));
      await tx.insert(qualitySchema.gold).values({ taskId, campaignId, expected: [completionIds] });
    });
  }

  private mayHave({ number, languages, qualified }: Browser, name: string): boolean {
    const task: TaskTraits | undefined = tasks.find((one) => one.name === name);
    if (!task || (this.asksQualified && !qualified)) return false;
    const reads = !task.language || languages === null || languages.includes(task.language);
    return reads && task.promptOf !== number && task.answerOf !== number;
  }

  private async take(browser: Browser, besides: LabelerTask["assignmentId"][], ctx = this.ctx) {
    const next = await nextTask(ctx, browser.actor, { besides });
    if (!next) return null;
    const { prompt } = next;
    if (browser.finished.has(prompt))
      throw new Error(`L${browser.number} was served ${prompt} again`);
    if (!this.mayHave(browser, prompt))
      throw new Error(`L${browser.number} may not have ${prompt}`);
    return next;
  }

  private async act(browser: Browser, doing: Doing, ctx: Services): Promise<LabelerTask | null> {
    const { actor, held } = browser;
    const [task] = held;
    if (doing === "next" || doing === "ahead") {
      const besides = doing === "ahead" && task ? [task.assignmentId] : [];
      return await this.take(browser, besides, ctx);
    }
    if (!task) return null;
    const { assignmentId } = task;
    if (doing === "draft") await saveDraft(ctx, actor, { assignmentId, draft });
    else if (doing === "renew") await renewLease(ctx, actor, { assignmentId });
    else if (doing === "skip")
      await skipTask(ctx, actor, { assignmentId, reason: "other", note: "" });
    else await submitRanking(ctx, actor, { assignmentId, ranking: ranking(task) });
    return null;
  }

  async step({ labeler, act, diesAt, mute }: Step): Promise<void> {
    const browser = this.browsers[labeler % this.browsers.length];
    const { held, finished } = browser;
    if (act === "die" || act === "wait") {
      // an hour goes by; a browser that died is gone with all that it held
      if (act === "die") held.length = 0;
      vi.setSystemTime(Date.now() + 3_600_000);
      return;
    }
    // what was sent and not answered is sent again before anything else is done with it
    const unanswered = held.length > 0 && finished.has(held[0].prompt);
    if (unanswered && act !== "next") return await this.sendAgain(browser);
    if (diesAt !== null) {
      await this.act(browser, act, dying(this.ctx, diesAt)).catch((error: Error) => {
        if (error.message !== died) throw error;
      });
      return;
    }
    const [task] = held;
    const next = await this.act(browser, act, this.ctx);
    if (task && (act === "submit" || act === "skip")) {
      finished.add(task.prompt);
      if (!mute || act === "skip") held.shift();
    }
    const known = held.some((other) => other.assignmentId === next?.assignmentId);
    if (next && !mute && !known) held.push(next);
  }

  private async sendAgain({ actor, held }: Browser): Promise<void> {
    const [task] = held.splice(0, 1);
    const { assignmentId } = task;
    await submitRanking(this.ctx, actor, { assignmentId, ranking: ranking(task) });
  }

  /** Ranks whatever comes until nothing does, and sees that nothing could have come. */
  async drain(browser: Browser): Promise<void> {
    const { ctx } = this;
    for (let task = await this.take(browser, []); task; task = await this.take(browser, [])) {
      const { assignmentId } = task;
      browser.finished.add(task.prompt);
      await submitRanking(ctx, browser.actor, { assignmentId, ranking: ranking(task) });
    }
    const { tasks: rows, rankings, assignments } = await this.rows();
    for (const { id, name, calibration } of rows) {
      if (name.startsWith("gold") || !this.mayHave(browser, name)) continue;
      const had = assignments.some(
        (row) => row.taskId === id && row.labelerId === browser.actor.id,
      );
      const placed = rankings.filter((row) => row.taskId === id && row.purpose === "ordinary");
      const free = calibration || placed.length < overlap;
      assert.ok(!free || had, `L${browser.number} is left without ${name}`);
    }
  }

  private async rows() {
    const { read } = this.ctx.db;
    const tasks = await read
      .select({ task: schema.task, name: schema.prompt.text })
      .from(schema.task)
      .innerJoin(schema.prompt, eq(schema.task.promptId, schema.prompt.id));
    return {
      tasks: tasks.map(({ task, name }) => Object.assign(task, { name })),
      rankings: await read.select().from(schema.ranking),
      assignments: await read.select().from(schema.assignment),
    };
  }

  /** What holds at every moment. */
  async check(how: Pick<Distribution, "goldRate" | "goldSeenBy">): Promise<void> {
    const { tasks: rows, rankings, assignments } = await this.rows();
    for (const { id, name, placed } of rows) {
      const ranked = rankings.filter((row) => row.taskId === id);
      const lent = assignments.filter(
        (row) => row.taskId === id && row.status === "active" && row.leaseExpiresAt > new Date(),
      );
      const ordinary = ranked.filter((row) => row.purpose === "ordinary").length;
      const leases = lent.filter((row) => row.purpose === "ordinary").length;
      assert.ok(ordinary + leases <= overlap, `${name} has ${ordinary} rankings, ${leases} leases`);
      assert.equal(placed, ordinary, `${name} counts its rankings`);
      assert.equal(new Set(ranked.map((row) => row.labelerId)).size, ranked.length);
      const gold = assignments.filter((row) => row.taskId === id && row.purpose === "gold");
      assert.ok(gold.length <= how.goldSeenBy, `${name} was seen as gold by ${gold.length}`);
    }
    for (const { actor } of this.browsers) {
      const had = assignments.filter((row) => row.labelerId === actor.id);
      const gold = had.filter((row) => row.purpose === "gold").length;
      assert.ok(gold <= how.goldRate * had.length + 1, `gold was ${gold} of ${had.length}`);
    }
    for (const { id, purpose, servedBecause } of assignments) {
      const reason = `${purpose}: ${servedBecause}`;
      assert.match(reason, /: \S/);
      // why it was served stays recorded, whatever becomes of it
      assert.equal(this.reasons.get(id) ?? reason, reason);
      this.reasons.set(id, reason);
    }
  }

  /** What was collected in the end. */
  async collected() {
    const { tasks: rows, rankings } = await this.rows();
    const nameOf = new Map(rows.map(({ id, name }) => [id, name]));
    const ofRound = rows.filter(({ name }) => !name.startsWith("gold"));
    return {
      places: ofRound.length * overlap,
      pools: rows.filter((row) => row.calibration).map(({ name }) => name),
      ordinary: rankings.filter((row) => row.purpose === "ordinary").length,
      of: ({ actor }: Browser) =>
        rankings.filter((row) => row.labelerId === actor.id).map((row) => nameOf.get(row.taskId)),
    };
  }
}

const died = "the server died";
const statements = new Set<string | symbol>(["select", "insert", "update", "delete"]);

/** A server that dies at a statement of its change, or before the change is kept: it is as if it had never been. */
function dying({ db, folders }: Services, at: number): Services {
  const until = (tx: Sql): Sql => {
    let left = at;
    return new Proxy(tx, {
      get(target, name) {
        if (statements.has(name) && left-- <= 0) throw new Error(died);
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function" ? (value.bind(target) as unknown) : value;
      },
    });
  };
  const transact: Services["db"]["transact"] = (change) =>
    db.transact(async (tx) => {
      await change(until(tx));
      throw new Error(died);
    });
  return { folders, db: { ...db, transact } };
}

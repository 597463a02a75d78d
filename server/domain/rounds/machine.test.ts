import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { ModelId, RunId, SnapshotId } from "../ids";
import { gateOf, moved, type RoundEvent, type RoundState, whatNext } from "./machine";

const fresh: RoundState = {
  status: "answering",
  held: false,
  snapshotId: null,
  rewardRunId: null,
  ppoRunId: null,
  rewardModelId: null,
  nextPolicyModelId: null,
};

/** A round in a table: an event is read, asked and written at once, as in a transaction. */
class Table {
  state = fresh;
  log: string[] = [];
  made = 0;

  write(event: RoundEvent): void {
    const change = moved(this.state, event);
    if (!change) return;
    this.state = { ...this.state, ...change };
    this.log.push("gate" in event ? `${event.kind} ${event.gate}` : event.kind);
  }
}

type Work = () => void;

/**
 * A worker as the job is: looks at the round, works, writes, looks again. Each call does one of these, so
 * that a crash falls between any two, and two workers take turns at any of them.
 */
class Worker {
  #next: Work | null = null;

  constructor(
    readonly table: Table,
    readonly passes: boolean,
  ) {}

  crash(): void {
    this.#next = null;
  }

  step(): void {
    const act = this.#next ?? this.#look();
    this.#next = null;
    act?.();
  }

  #look(): Work | null {
    const { table } = this;
    const next = whatNext(table.state);
    if (!next) return null;
    if ("gate" in next) {
      if (!this.passes || table.state.held) return null;
      return this.#later({ kind: "passed", gate: next.gate });
    }
    switch (next.step) {
      case "answer":
        return this.#later({ kind: "answered" });
      case "freeze":
        return this.#later({ kind: "frozen", snapshotId: this.#id() as SnapshotId });
      case "fit":
        return this.#run("reward");
      case "practise":
        return this.#run("ppo");
    }
  }

  #id(): string {
    return `${this.table.made++}`;
  }

  /** The work is done now, its end is written at the next turn, unless the worker dies before. */
  #later(event: RoundEvent): Work {
    return () => {
      this.#next = () => this.table.write(event);
    };
  }

  #run(run: "reward" | "ppo"): Work {
    const { table } = this;
    const there = run === "reward" ? table.state.rewardRunId : table.state.ppoRunId;
    if (there === null) return this.#later({ kind: "began", run, runId: this.#id() as RunId });
    const kind = run === "reward" ? "fitted" : "practised";
    return this.#later({ kind, runId: there, modelId: this.#id() as ModelId });
  }
}

const whole = [
  "answered",
  "passed train",
  "frozen",
  "began",
  "fitted",
  "passed improve",
  "began",
  "practised",
  "passed renew",
];

test("killed between any two steps and begun again, by two workers at once, every step happens once", () => {
  // 0, 1 = that worker goes on; 2, 3 = it dies
  const turns = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 80 });
  fc.assert(
    fc.property(turns, (happens) => {
      const table = new Table();
      const workers = [new Worker(table, true), new Worker(table, true)];
      for (const turn of happens) {
        if (turn < 2) workers[turn].step();
        else workers[turn - 2].crash();
        expect(whole.slice(0, table.log.length)).toEqual(withoutRepeats(table.log));
      }
      for (let i = 0; i < 80; i++) workers[0].step();
      expect(withoutRepeats(table.log)).toEqual(whole);
      expect(table.state.status).toBe("done");
    }),
  );
});

/** Two workers may each begin a run before either knows of the other's: the later one counts. */
const withoutRepeats = (log: readonly string[]): string[] =>
  log.filter((event, i) => !(event === "began" && log[i - 1] === "began"));

const person: fc.Arbitrary<RoundEvent> = fc.oneof(
  fc.record({ kind: fc.constant("held" as const), held: fc.boolean() }),
  fc.record({
    kind: fc.constant("passed" as const),
    gate: fc.constantFrom("train", "improve", "renew"),
  }),
  fc.constantFrom<RoundEvent>(
    { kind: "stopped" },
    { kind: "failed" },
    { kind: "cancelled" },
    { kind: "mended" },
  ),
);

/** What must hold of a round after anything that may happen to it; each broken rule by its name. */
function broken(before: RoundState, state: RoundState, news: readonly string[]): string[] {
  const gate = gateOf[before.status];
  const implies = (rule: string, a: boolean, b: boolean) => (a && !b ? [rule] : []);
  const there = {
    snapshot: state.snapshotId !== null,
    reward: state.rewardModelId !== null,
    next: state.nextPolicyModelId !== null,
  };
  return [
    ...implies("an ended round stays as it is", before.status === "done", state === before),
    ...implies("a reward run has a snapshot", state.rewardRunId !== null, there.snapshot),
    ...implies("a reward model has its run", there.reward, state.rewardRunId !== null),
    ...implies("PPO has a reward model", state.ppoRunId !== null, there.reward),
    ...implies("a new policy has its run", there.next, state.ppoRunId !== null),
    ...implies("who collects starts afresh", state.status === "collecting", !there.snapshot),
    ...implies("PPO runs for a reward model", state.status === "improving", there.reward),
    ...implies("it ends with a new policy", state.status === "done", there.next),
    ...implies(
      "a gate is left by a word for that very gate, or by putting the turn aside",
      gate !== null && state.status !== before.status,
      news.includes(`passed ${gate}`) || news.includes("stopped"),
    ),
    ...implies("passing ends the hold", news.some(isPass), !state.held),
  ];
}

const isPass = (event: string) => event.startsWith("passed");

test("whatever people do meanwhile, no model is used that this turn did not make", () => {
  const happens = fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 3 }) },
      { weight: 2, arbitrary: person },
    ),
    { maxLength: 120 },
  );
  const faults = (events: readonly (number | RoundEvent)[], passes: boolean): string[] => {
    const table = new Table();
    const workers = [new Worker(table, passes), new Worker(table, passes)];
    return events.flatMap((event) => {
      const before = table.state;
      const known = table.log.length;
      if (typeof event === "object") table.write(event);
      else if (event < 2) workers[event].step();
      else workers[event - 2].crash();
      const news = table.log.slice(known);
      const alone = !passes && typeof event === "number" && news.some(isPass);
      return [...broken(before, table.state, news), ...(alone ? ["a worker passed a gate"] : [])];
    });
  };
  fc.assert(
    fc.property(happens, fc.boolean(), (events, passes) => {
      expect(faults(events, passes)).toEqual([]);
    }),
  );
  expect.hasAssertions();
});

test("a run of a turn that was stopped meanwhile ends nothing", () => {
  const later: RoundState = {
    ...fresh,
    status: "training",
    snapshotId: "s" as SnapshotId,
    rewardRunId: "second" as RunId,
  };
  const late = { kind: "fitted", runId: "first" as RunId, modelId: "m" as ModelId } as const;
  expect(moved(later, late)).toBeNull();
  expect(moved(later, { ...late, runId: "second" as RunId })).toMatchObject({ status: "trained" });
});

test("a training that a person cancelled waits for them; one that failed is taken up where it was", () => {
  const practising: RoundState = {
    status: "improving",
    held: false,
    snapshotId: "s" as SnapshotId,
    rewardRunId: "r" as RunId,
    ppoRunId: "p" as RunId,
    rewardModelId: "m" as ModelId,
    nextPolicyModelId: null,
  };
  expect(moved(practising, { kind: "cancelled" })).toEqual({ status: "trained", held: true });
  const failed = { ...practising, ...moved(practising, { kind: "failed" }) };
  expect(moved(failed, { kind: "mended" })).toMatchObject({ status: "trained" });
  expect(moved(failed, { kind: "stopped" })).toMatchObject({
    status: "collecting",
    snapshotId: null,
    rewardModelId: null,
  });
});

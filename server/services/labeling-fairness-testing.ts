import assert from "node:assert/strict";
import * as fc from "fast-check";
import { vi } from "vitest";
import type { MakeDb } from "../db/testing";
import { samplings } from "../domain/distribution";
import { type Step, type TaskName, taskNames, type Traits, World } from "./labeling-testing";
import { testServices } from "./testing";

const mostLabelers = 8;
const rarely = <Value, Else>(value: fc.Arbitrary<Value>, otherwise: Else) =>
  fc.oneof({ arbitrary: fc.constant(otherwise), weight: 6 }, { arbitrary: value, weight: 1 });
const steps = fc.array(
  fc.record<Step>({
    labeler: fc.nat(mostLabelers - 1),
    act: fc.constantFrom(
      "next",
      "next",
      "ahead",
      "submit",
      "submit",
      "skip",
      "draft",
      "renew",
      "renew",
      "wait",
      "die",
    ),
    diesAt: rarely(fc.nat(12), null),
    mute: rarely(fc.constant(true), false),
  }),
  { minLength: 20, maxLength: 60, size: "max" },
);
const labelers = fc.array(
  fc.record<Traits>({
    languages: fc.constantFrom(null, null, [], ["en"], ["ko"], ["en", "ko"]),
    qualified: fc.constantFrom(true, true, true, false),
  }),
  { minLength: 2, maxLength: mostLabelers },
);
/** Few tasks are fought for, many are mixed. */
const names = fc.oneof(
  fc.constantFrom<TaskName[]>(["p"], ["pool"], ["p", "own prompt"], ["p", "pool", "gold 1"]),
  fc.subarray<TaskName>([...taskNames], { minLength: 1 }),
);
const distribution = fc.record({
  goldRate: fc.constantFrom(0, 0.25, 0.5),
  goldSeenBy: fc.constantFrom(1, 2, 100),
  calibrationShare: fc.constantFrom(0, 0.25, 0.5),
  sampling: fc.constantFrom(...samplings),
  asksQualified: fc.boolean(),
});

/** No task is over-collected, served to the wrong one or to one twice, or starved, whatever labelers and servers do. */
export const fairness = (makeDb: MakeDb) =>
  fc.asyncProperty(
    labelers,
    steps,
    fc.integer({ min: 1, max: 4 }),
    distribution,
    names,
    async (people, script, width, how, tasks) => {
      const world = await World.make(await testServices(makeDb), people, how, tasks);
      for (let at = 0; at < script.length; at += width) {
        // those of different labelers go at the same time
        const wave = script.slice(at, at + width);
        const who = (step: Step) => step.labeler % people.length;
        const abreast = wave.filter(
          (step, i) => wave.findIndex((other) => who(other) === who(step)) === i,
        );
        await Promise.all(abreast.map((step) => world.step(step)));
        await world.check(how);
      }

      // everybody goes on once the leases have run out, and two who may have everything come to help
      vi.setSystemTime(Date.now() + 3_600_000);
      for (const browser of world.browsers) await world.drain(browser);
      const fresh = [
        await world.join({ languages: null, qualified: true }),
        await world.join({ languages: null, qualified: true }),
      ];
      for (const browser of fresh) await world.drain(browser);
      await world.check(how);
      const { places, pools, ordinary, of } = await world.collected();
      assert.equal(ordinary, places);
      // everybody who went on to the end has had the calibration pool
      for (const browser of fresh) assert.ok(pools.every((name) => of(browser).includes(name)));
    },
  );

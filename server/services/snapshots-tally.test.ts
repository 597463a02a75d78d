import { expect, test } from "vitest";
import { Tally, type Tallied } from "./snapshots-tally";

const ranking = (change: Partial<Tallied>): Tallied => ({
  promptId: "p1",
  taskId: "t1",
  labelerId: "u1",
  split: "train",
  completionIds: ["a", "b", "c", "d"],
  groups: [["a"], ["b", "c"], ["d"]],
  noneAcceptable: false,
  simulated: false,
  createdAt: new Date("2026-01-02T03:04:05Z"),
  ...change,
});

test("prompts, tasks and completions are counted once, comparisons for every ranking", () => {
  const tally = new Tally();
  tally.add(ranking({}));
  tally.add(ranking({ labelerId: "u2", simulated: true }));
  tally.add(ranking({ taskId: "t2", completionIds: ["a", "e", "f", "g"], groups: [["e"], ["a"]] }));
  tally.add(
    ranking({
      promptId: "p2",
      taskId: "t3",
      split: "heldout",
      completionIds: ["h", "i", "j", "k"],
      groups: [],
      noneAcceptable: true,
      createdAt: new Date("2026-02-02T03:04:05Z"),
    }),
  );
  expect(tally.counts({ simulated: 3, identical: 1 })).toEqual({
    rankings: 4,
    prompts: 2,
    tasks: 3,
    completions: 7 + 4,
    comparisons: 5 + 5 + 1,
    ties: 2,
    labelers: 2,
    simulated: 1,
    noneAcceptable: 1,
    train: { prompts: 1, rankings: 3, comparisons: 11 },
    heldout: { prompts: 1, rankings: 1, comparisons: 0 },
    leftOut: { simulated: 3, identical: 1 },
    agreement: { pairs: 5, share: 1 },
    from: "2026-01-02T03:04:05.000Z",
    to: "2026-02-02T03:04:05.000Z",
  });
});

test("agreement counts only the pairs that both ordered, within one task", () => {
  const tally = new Tally();
  tally.add(ranking({ groups: [["b"], ["c"], ["a"]] }));
  tally.add(ranking({ labelerId: "u2", groups: [["a"], ["c"], ["b"]] }));
  // The same orders in another task are not compared with these.
  tally.add(ranking({ taskId: "t2", groups: [["a"], ["c"], ["b"]] }));
  expect(tally.counts({ simulated: 0, identical: 0 }).agreement).toEqual({ pairs: 3, share: 0 });

  const ties = new Tally();
  ties.add(ranking({ groups: [["a", "b"], ["c"]] }));
  ties.add(ranking({ labelerId: "u2", groups: [["a"], ["b"], ["c"]] }));
  expect(ties.counts({ simulated: 0, identical: 0 }).agreement).toEqual({ pairs: 2, share: 1 });
});

test("nothing counted is nothing claimed", () => {
  const counts = new Tally().counts({ simulated: 0, identical: 0 });
  expect(counts.agreement).toBeNull();
  expect(counts.from).toBeNull();
});

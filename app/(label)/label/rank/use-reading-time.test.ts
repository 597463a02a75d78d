import { expect, test } from "vitest";
import { sharesInView } from "./seconds-in-view";
import { makeClock } from "./use-reading-time";

const view = { top: 0, left: 0, bottom: 100, right: 100 };

test("a moment is shared by what is in view", () => {
  const box = { left: 0, right: 100 };
  expect(
    sharesInView(
      [
        { letter: "A", top: -100, bottom: 75, ...box },
        { letter: "B", top: 75, bottom: 500, ...box },
        { letter: "C", top: 500, bottom: 900, ...box },
        { letter: "D", top: 0, bottom: 0, left: 0, right: 0 }, // not shown on this phone now
      ],
      view,
    ),
  ).toEqual([
    ["A", 0.75],
    ["B", 0.25],
  ]);
  expect(sharesInView([{ letter: "A", top: 200, bottom: 300, ...box }], view)).toEqual([]);
});

test("idle time and hidden pages do not count, and what a draft has is gone on from", () => {
  let now = 0;
  let visible = true;
  const clock = makeClock(
    { seconds: 10, each: { A: 4 } },
    {
      now: () => now,
      visible: () => visible,
      inView: () => [
        ["A", 0.5],
        ["B", 0.5],
      ],
    },
  );
  const pass = (seconds: number) => {
    for (let i = 0; i < seconds; i++) {
      now += 1000;
      clock.tick();
    }
  };
  pass(20);
  expect(clock.spent()).toEqual({ seconds: 30, each: { A: 14, B: 10 } });
  pass(600); // no sign of life: the first minute counts, of which 20 s are gone
  expect(clock.spent().seconds).toBe(69);
  expect(clock.present()).toBe(false);
  clock.sign();
  pass(1);
  expect(clock.spent().seconds).toBe(70);
  clock.raise({ seconds: 60, each: { A: 90 } });
  expect(clock.spent()).toMatchObject({ seconds: 70, each: { A: 90 } });
  visible = false;
  pass(10);
  expect(clock.spent().seconds).toBe(70);
});

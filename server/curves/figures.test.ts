import { expect, it } from "vitest";
import { argumentsFigure } from "./arguments-figure";
import { sortFigure } from "./sort-figure";

it("shows each seed of a method, their mean, and best-of-n as far as the methods went", () => {
  const round = (seed: number, number: number, exact: number, kl: number) => {
    return {
      seed,
      method: "ppo",
      round: number,
      rankings: 100 * number,
      exact,
      sampled: exact / 2,
      kl,
    };
  };
  const best = (n: number, kl: number) => ({ seed: 1, method: "best-of-n", n, sampled: 0.5, kl });
  const rows = [
    round(1, 0, 0.3, 0),
    round(1, 1, 0.6, 1.5),
    round(2, 0, 0.4, 0),
    round(2, 1, 0.8, 0.5),
    best(1, 0),
    best(8, 1.2),
    best(32, 2.5),
  ];
  const {
    rows: [exact, kl, [same]],
    note,
  } = sortFigure(rows, "npm run curves -- sort");
  expect(exact).toHaveLength(1);
  expect(exact[0].lines.map(({ faint }) => faint ?? false)).toEqual([true, true, false]);
  const mean = exact[0].lines.at(-1)!;
  expect(mean.label).toBe("70 %");
  expect(mean.points[0]).toMatchObject({ x: 0, y: 0.35 });
  expect(mean.points[1].x).toBe(100);
  expect(kl[0].lines.at(-1)!.label).toBe("1.0 nats");
  expect(same.lines.map(({ label }) => label)).toEqual(["PPO", "best of n"]);
  expect(same.lines[1].points.map(({ label }) => label)).toEqual([undefined, "n = 8"]);
  expect(note).toContain("mean of 2 seeds");
});

it("shows accuracy by rankings as the mean of folds that weigh the same", () => {
  const row = (fold: number, size: string | number, rankings: number, accuracy: number) => {
    const same = { seed: 1, alike_accuracy: 0.5, longer_wins: 0.7 + fold / 10 };
    return { ...same, fold, size, rankings, accuracy };
  };
  const rows = [
    row(0, "all", 500, 0.7),
    row(1, "all", 600, 0.8),
    row(0, 50, 50, 0.6),
    row(1, 50, 50, 0.5),
  ];
  const [[all]] = argumentsFigure(rows, "npm run curves -- arguments").rows;
  expect(all.x.ticks?.map(({ label }) => label)).toEqual(["50", "all (550)"]);
  const { label, points } = all.lines.at(-1)!;
  expect(label).toBe("75.0 %");
  expect(points[0].x).toBe(50);
  expect(points[0].y).toBeCloseTo(0.55, 12);
  expect(all.levels?.[0].y).toBeCloseTo(0.75, 12);
});

import { expect, test } from "vitest";
import {
  type ChartPanel,
  csvOf,
  domainOf,
  nearest,
  smooth,
  spread,
  tableOf,
  thin,
} from "./chart-data";

const at = (...ys: number[]) => ys.map((y, x) => ({ x, y }));

test("a smoothed constant is that constant from its first point", () => {
  for (const point of smooth(at(3, 3, 3, 3), 0.9)) expect(point.y).toBeCloseTo(3, 12);
});

test("smoothing weighs the newest value most and forgets nothing", () => {
  const [first, second] = smooth(at(0, 1), 0.5);
  expect(first.y).toBe(0);
  // (0.5·0.5·0 + 0.5·1) / (0.25 + 0.5)
  expect(second.y).toBeCloseTo(2 / 3, 12);
  expect(smooth(at(1, 2), 0)).toEqual(at(1, 2));
});

test("thinning keeps the spike, the trough and the newest value", () => {
  const points = at(...Array.from({ length: 5000 }, (_, i) => Math.sin(i / 100)));
  points[1234] = { x: 1234, y: 99 };
  points[3210] = { x: 3210, y: -99 };
  points[17] = { x: 17, y: Number.NaN };
  const thinned = thin(points, 200);
  expect(thinned.length).toBeLessThanOrEqual(201);
  expect(Math.max(...thinned.map((point) => point.y))).toBe(99);
  expect(Math.min(...thinned.map((point) => point.y))).toBe(-99);
  expect(thinned.at(-1)).toEqual(points.at(-1));
  expect(thinned.map((point) => point.x)).toEqual(
    thinned.map((point) => point.x).sort((a, b) => a - b),
  );
});

test("nearest finds the closer neighbour and the ends", () => {
  const points = [0, 10, 20].map((x) => ({ x, y: x }));
  expect(nearest(points, -5)?.x).toBe(0);
  expect(nearest(points, 14)?.x).toBe(10);
  expect(nearest(points, 16)?.x).toBe(20);
  expect(nearest(points, 99)?.x).toBe(20);
  expect(nearest([], 1)).toBeNull();
});

const panels: ChartPanel[] = [
  {
    label: "Score",
    series: [
      {
        key: "a",
        label: "reward, mean",
        color: "red",
        points: [
          { x: 2, y: 0.5 },
          { x: 1, y: 0.25 },
        ],
      },
    ],
  },
  {
    label: "Truth",
    series: [
      { key: "b", label: "exact", color: "blue", points: [{ x: 2, y: 1, low: 0.9, high: 1 }] },
    ],
  },
];

test("the table has every x once, in order, and says where nothing was measured", () => {
  expect(tableOf(panels)).toEqual([
    { x: 1, values: [0.25, null] },
    { x: 2, values: [0.5, 1] },
  ]);
});

test("CSV quotes what needs it and gives intervals columns of their own", () => {
  expect(csvOf("step", panels)).toBe(
    'step,"reward, mean",exact,exact (low),exact (high)\r\n1,0.25,,,\r\n2,0.5,1,0.9,1\r\n',
  );
});

test("a y axis holds intervals and levels, and a flat line does not collapse it", () => {
  const [low, high] = domainOf({ ...panels[1], levels: [{ y: 0.5, label: "chance" }] });
  expect(low).toBeLessThan(0.5);
  expect(high).toBeGreaterThan(1);
  expect(domainOf({ label: "", series: [{ ...panels[0].series[0], points: at(2, 2) }] })).toEqual([
    1.8, 2.2,
  ]);
  const rounded = at(0.05, 0.05 + 1e-17, 0.05 - 2e-17);
  const noise = { ...panels[0].series[0], points: rounded };
  const [from, to] = domainOf({ label: "", series: [noise] });
  expect(to - from).toBeGreaterThan(0.009);
  expect(domainOf({ label: "", series: [] })).toEqual([0, 1]);
});

test("labels are moved apart and stay within the panel, in the order of their lines", () => {
  const placed = spread([10, 12, 11, 95], 14, 0, 100);
  const sorted = placed.toSorted((a, b) => a - b);
  sorted.slice(1).forEach((y, i) => expect(y - sorted[i]).toBeGreaterThanOrEqual(14));
  expect(placed[0]).toBeLessThan(placed[2]);
  expect(placed[2]).toBeLessThan(placed[1]);
  expect(Math.max(...placed)).toBeLessThanOrEqual(100);
});

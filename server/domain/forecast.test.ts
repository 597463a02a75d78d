import { expect, test } from "vitest";
import { costForecast, finishForecast, workForecast } from "./forecast";

test("the finish is told with a range that narrows as more comes in", () => {
  const few = finishForecast(100, { lastHour: 0, lastDay: 4 });
  expect(few).toMatchObject({ hours: 600, rankings: 4, window: 24 });
  expect(few?.soonest).toBeCloseTo(2400 / 2.98 ** 2);
  expect(few?.latest).toBeCloseTo(2400 / 1.02 ** 2);
  const many = finishForecast(100, { lastHour: 0, lastDay: 400 });
  expect(many!.latest! / many!.soonest).toBeLessThan(few!.latest! / few!.soonest);
});

test("a busy last hour is today's pace; a quiet one is too little to go by", () => {
  expect(finishForecast(50, { lastHour: 25, lastDay: 30 })).toMatchObject({ hours: 2, window: 1 });
  expect(finishForecast(50, { lastHour: 9, lastDay: 30 })).toMatchObject({ hours: 40, window: 24 });
});

test("nothing came in: nobody can tell; one ranking: no latest; nothing missing: now", () => {
  expect(finishForecast(10, { lastHour: 0, lastDay: 0 })).toBeNull();
  expect(finishForecast(10, { lastHour: 0, lastDay: 1 })).toMatchObject({
    hours: 240,
    latest: null,
  });
  expect(finishForecast(0, { lastHour: 0, lastDay: 0 })).toMatchObject({ hours: 0, latest: 0 });
});

test("people's time is told without any pay: by the median they took, or a minute each before that", () => {
  expect(workForecast(90, [])).toEqual({ hours: 1.5, secondsEach: 60, measured: false });
  expect(workForecast(90, [5, 5, 5])).toMatchObject({ measured: false });
  const took = [40, 40, 40, 40, 40, 40, 40, 40, 40, 7200];
  expect(workForecast(90, took)).toEqual({ hours: 1, secondsEach: 40, measured: true });
  expect(workForecast(-3, took).hours).toBe(0);
});

test("costs are exact, and unknown where nothing is paid", () => {
  const pay = { currency: "USD", ranking: 0.1, demonstration: 2 };
  expect(costForecast(pay, { paid: 3, missing: 7 })).toEqual({
    currency: "USD",
    total: 1,
    spent: 0.3,
    remaining: 0.7,
  });
  expect(costForecast(undefined, { paid: 3, missing: 7 })).toBeNull();
});

test("gold to come costs too, and demonstrations: those accepted, those that wait", () => {
  const pay = { currency: "USD", ranking: 0.1, demonstration: 2 };
  const work = { paid: 3, missing: 6, goldRate: 0.25, accepted: 2, waiting: 1 };
  expect(costForecast(pay, work)).toMatchObject({ spent: 4.3, remaining: 2.8, total: 7.1 });
});

import { expect, test } from "vitest";
import { checkPreference } from "@/server/domain/preference";
import { groupsOf, nothingPlaced } from "../rank/placement";
import { isUnjudged, lean, pointsOf, prefer, toggleUnjudged, withdraw } from "./preferring";

test("every point of every scale is a ranking that the server takes", () => {
  for (const steps of [3, 5, 7] as const) {
    expect(pointsOf(steps)).toHaveLength(steps);
    for (const point of pointsOf(steps)) {
      const { preference, ...placement } = prefer(nothingPlaced, point);
      const judged = { groups: groupsOf(placement), notRankable: [], preference };
      expect(checkPreference(steps, judged)).toBe(point);
    }
  }
});

test("arrows begin at the middle and stop at the ends", () => {
  let placement = lean(nothingPlaced, -1, 5);
  expect(placement.preference).toBe(-1);
  for (let i = 0; i < 5; i++) placement = lean(placement, -1, 5);
  expect(placement.preference).toBe(-2);
  expect(lean(placement, 1, 5).preference).toBe(-1);
});

test("neither can be judged ends the preference, and a preference ends that", () => {
  const neither = toggleUnjudged(prefer(nothingPlaced, 2));
  expect(neither).toEqual({ ranks: {}, notRankable: ["A", "B"], noneAcceptable: false });
  expect(isUnjudged(prefer(neither, 1))).toBe(false);
  expect(toggleUnjudged(neither)).toEqual(nothingPlaced);
});

test("what was said of both together stays when the choice is taken back", () => {
  const placement = prefer({ ...nothingPlaced, noneAcceptable: true }, 0);
  expect(withdraw(placement)).toEqual({ ...nothingPlaced, noneAcceptable: true });
});

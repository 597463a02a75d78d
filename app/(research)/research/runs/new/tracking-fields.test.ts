import { expect, test } from "vitest";
import { draftOf, trackingOf } from "./tracking-fields";

test("fields left alone ask for nothing, and what was asked for comes back to them", () => {
  expect(trackingOf(draftOf(null))).toBeNull();
  const both = {
    tensorboard: true,
    mlflow: { url: "http://localhost:5000", experiment: "sorting" },
  };
  expect(trackingOf(draftOf(both))).toEqual(both);
});

test("an address that is none is told from none at all", () => {
  const draft = { tensorboard: true, url: " ", experiment: "" };
  expect(trackingOf(draft)).toEqual({ tensorboard: true, mlflow: null });
  expect(trackingOf({ ...draft, url: "localhost" })).toBeUndefined();
  expect(trackingOf({ ...draft, url: "http://localhost/" })?.mlflow).toEqual({
    url: "http://localhost",
    experiment: "revealed",
  });
});

import { expect, test } from "vitest";
import { absolutePath, foldersIn, storedPath } from "./folders";

const here = foldersIn("/srv/a/data", "/srv/a/models");
const moved = foldersIn("/mnt/b", "/opt/models");

test("what lies in the data folder or beside the install moves with it", () => {
  const trained = storedPath(here, "/srv/a/data/models/run1");
  const shipped = storedPath(here, "/srv/a/models/starter");
  expect([trained, shipped]).toStrictEqual(["data/models/run1", "models/starter"]);
  expect(absolutePath(here, trained)).toBe("/srv/a/data/models/run1");
  expect(absolutePath(moved, trained)).toBe("/mnt/b/models/run1");
  expect(absolutePath(moved, shipped)).toBe("/opt/models/starter");
});

test("what lies elsewhere keeps its path", () => {
  expect(storedPath(here, "/srv/a/data2/x")).toBe("/srv/a/data2/x");
  expect(absolutePath(moved, "/srv/a/data2/x")).toBe("/srv/a/data2/x");
});

import { expect, test } from "vitest";
import { openSide, SideFailure } from "./side";

const SCRIPT = `
const say = (message) => console.log(JSON.stringify(message));
say({ about: process.env.WHO });
let runs = 0;
require("readline").createInterface({ input: process.stdin })
  .on("line", () => say({ ms: ++runs, check: 7 }))
  .on("close", () => say({ peakRss: 10 * runs }));
`;

test("a side runs once each time it is told, and says at the end what memory it took", async () => {
  const side = await openSide(process.execPath, ["-e", SCRIPT], { WHO: "fake 1.0" });
  expect(side.about).toBe("fake 1.0");
  expect(await side.run()).toEqual({ ms: 1, check: 7 });
  expect(await side.run()).toEqual({ ms: 2, check: 7 });
  expect(await side.close()).toEqual({ peakRss: 20 });
});

test("a side that ends at once fails with its last words", async () => {
  const dying = 'console.error("a trace\\nModuleNotFoundError: torch"); process.exit(1)';
  const opening = openSide(process.execPath, ["-e", dying]);
  await expect(opening).rejects.toThrow(new SideFailure("ModuleNotFoundError: torch"));
});

test("a program that is not there is a failure too", async () => {
  await expect(openSide("/no/such/python", [])).rejects.toThrow(SideFailure);
});

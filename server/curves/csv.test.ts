import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { CsvTable } from "./csv";

it("grows by rows, and reads them as they were", async () => {
  const file = path.join(await mkdtemp(path.join(tmpdir(), "csv-")), "results", "a.csv");
  const table = new CsvTable(file, ["seed", "method", "kl"]);
  expect(await table.rows()).toEqual([]);
  await table.add([{ seed: 1, method: "ppo", kl: 1.1234567 }]);
  await table.add([
    { seed: 2, method: "dpo" },
    { seed: 2, method: "ppo", kl: 0 },
  ]);
  expect(await readFile(file, "utf8")).toBe("seed,method,kl\n1,ppo,1.12346\n2,dpo,\n2,ppo,0\n");
  expect(await table.rows()).toEqual([
    { seed: 1, method: "ppo", kl: 1.12346 },
    { seed: 2, method: "dpo" },
    { seed: 2, method: "ppo", kl: 0 },
  ]);
  await expect(new CsvTable(file, ["seed"]).rows()).rejects.toThrow(/of another version/);
});

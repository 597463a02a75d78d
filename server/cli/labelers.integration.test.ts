import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const program = fileURLToPath(new URL("../setup/revealed.mjs", import.meta.url));
const rankings = fileURLToPath(
  new URL("../../../shared/data/wmt16/rankings.jsonl.gz", import.meta.url),
);

test.skipIf(!existsSync(rankings))(
  "31,758 rankings of WMT 2016: the published figures of German–English (skipped without shared/data)",
  () => {
    const { status, stdout } = spawnSync(
      process.execPath,
      [program, "agreement", rankings, "--by", "lp", "--json", "--quiet"],
      { encoding: "utf8" },
    );
    expect(status).toBe(0);
    const all = JSON.parse(stdout) as { rankings: number; groups: Record<string, unknown>[] };
    expect(all.rankings).toBe(31_758);
    expect(all.groups.find(({ lp }) => lp === "deu-eng")).toMatchObject({
      ties: 1182,
      votes: 12_926,
      // the conference's script meets only pairs that both rankings list the same way round
      wmt: { agree: 749, compared: 1076, kappa: expect.closeTo(0.475, 3) as number },
      agree: 1315,
      compared: 1964,
    });
  },
);

import path from "node:path";
import { bytesOf, readRows } from "../cli/files";
import { linesOf } from "../domain/formats/lines";
import { orderedPairs, tiedPairs } from "../domain/formats/pairs";
import { extractPrompt } from "../domain/formats/preference";
import { rankedRow, type RankedRow } from "../domain/formats/ranked";
import { objectOf } from "../domain/formats/row";
import type { Text } from "../domain/formats/text";
import { type Cases, Mismatch } from "./case";
import { hasKeys, type JsonChecker, listOf } from "./checker";
import { expectSame } from "./close";
import { type Folder, openFolder } from "./files";

interface KwiseMeaning {
  ranking_id: string;
  pairs: [string, string][];
  ties: [string, string][];
  texts: [string, string][];
}

/** What the rows of each data file mean, by the name of the file in the folder above. */
export const formatsChecker: JsonChecker = {
  matches: (value) => hasKeys(value, "kwise"),
  async run(cases, { folder, name }, value) {
    const data = await openFolder(folder.root, path.dirname(folder.name));
    for (const [key, meaning] of Object.entries(value as Record<string, unknown>)) {
      if (listOf(meaning, "ranking_id", "pairs")) {
        await kwise(cases, data, key, meaning as KwiseMeaning[]);
      } else if (key.includes("every file")) {
        await everyFile(cases, data, key.split(" ")[0], meaning as object[]);
      } else if (hasKeys(meaning, "good_lines", "bad_lines")) {
        await invalid(cases, data, key, meaning as Validity);
      } else cases.skip(`${name} ${key}`, "this format is not read yet");
    }
  },
};

async function kwise(
  cases: Cases,
  data: Folder,
  key: string,
  expected: KwiseMeaning[],
): Promise<void> {
  for (const file of data.files.filter((one) => one.startsWith(`${key}.`))) {
    await cases.check(file, async () => {
      const rows = await readRows(path.join(data.dir, file), rankedRow);
      expectSame("rows", rows.length, expected.length);
      rows.forEach((row, i) => expectMeaning(row, expected[i]));
    });
  }
}

function expectMeaning(row: RankedRow, expected: KwiseMeaning): void {
  const id = (i: number) => row.completions[i].id;
  const text = (i: number) => row.completions[i].text;
  const ids = (pairs: [number, number][]) => pairs.map(([a, b]) => `${id(a)} > ${id(b)}`).sort();
  const ordered = orderedPairs(row.groups);
  expectSame("id", row.id, expected.ranking_id);
  expectSame("pairs", ids(ordered), expected.pairs.map(([a, b]) => `${a} > ${b}`).sort());
  const both = (a: string, b: string) => [a, b].sort().join(" = ");
  expectSame(
    "ties",
    tiedPairs(row.groups)
      .map(([a, b]) => both(id(a), id(b)))
      .sort(),
    expected.ties.map(([a, b]) => both(a, b)).sort(),
  );
  const texts = ordered.map(([a, b]) => JSON.stringify([text(a), text(b)]));
  expectSame("texts", texts.sort(), expected.texts.map((pair) => JSON.stringify(pair)).sort());
}

/** Several files in a folder that hold the same rows in awkward ways. */
async function everyFile(cases: Cases, data: Folder, key: string, rows: object[]): Promise<void> {
  const inside = await openFolder(data.root, `${data.name}/${key}`);
  for (const file of inside.files.filter((one) => !one.startsWith("invalid"))) {
    await cases.check(`${key}/${file}`, async () => {
      const got = await readRows(path.join(inside.dir, file), rankedRow);
      const read = got.map((row) => ({
        prompt: row.prompt,
        chosen: row.completions[0].text,
        rejected: row.completions[1].text,
      }));
      expectSame("rows", read, rows);
    });
  }
}

interface Validity {
  good_lines: number[];
  bad_lines: Record<string, string>;
}

async function invalid(cases: Cases, data: Folder, key: string, expected: Validity): Promise<void> {
  const folders = await Promise.all(
    data.folders.map((name) => openFolder(data.root, `${data.name}/${name}`)),
  );
  const folder = [data, ...folders].find(({ files }) => files.includes(key));
  if (folder === undefined) throw new Mismatch(`${key} is nowhere below ${data.name}`);
  const file = path.join(folder.dir, key);
  for await (const { line, text } of linesOf(bytesOf(file), key)) {
    const why = expected.bad_lines[line];
    await cases.check(`${key} line ${line}${why === undefined ? "" : ` (${why})`}`, () => {
      let message: string | null = null;
      try {
        rankedRow(objectOf(text, { file: key, line }), { file: key, line });
      } catch (error) {
        message = (error as Error).message;
      }
      if (why === undefined) expectSame("refusal", message, null);
      else if (message === null) throw new Mismatch("it was taken for good");
      else if (!message.includes(`line ${line}`)) throw new Mismatch(`no line in: ${message}`);
    });
  }
}

type Sides = { prompt?: Text; chosen: Text; rejected: Text };

/** What TRL's own conversions make of a row. */
export const trlChecker: JsonChecker = {
  matches: (value) => hasKeys(value, "extract_prompt", "is_conversational"),
  async run(cases, { folder, name }, value) {
    const data = await openFolder(folder.root, path.dirname(folder.name));
    const { extract_prompt: extracted, ...rest } = value as {
      extract_prompt: Record<string, Sides[]>;
    };
    for (const [key, expected] of Object.entries(extracted)) {
      await cases.check(`${name} extract_prompt ${key}`, async () => {
        const file = data.files.find((one) => one === `trl-${key}.jsonl`) ?? `${key}.jsonl`;
        const got = await readRows(path.join(data.dir, file), (row) => {
          const { chosen, rejected } = row as unknown as Sides;
          return extractPrompt(chosen, rejected);
        });
        expectSame("rows", got, expected);
      });
    }
    for (const [key, section] of Object.entries(rest)) {
      const count = hasKeys(section) ? Object.keys(section as object).length : 1;
      cases.skip(`${name} ${key}`, "this conversion is not offered yet", count);
    }
  },
};

import { appendFile, mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { AppError } from "../domain/app-error";

/** A measurement: names and numbers; what is left out was not measured. */
export type CsvRow = Readonly<Record<string, string | number | undefined>>;

const DIGITS = 5; // what a figure of 500 prompts can show, and a file that compares well

/** A table that grows as its rows are measured, so that work that was done is not done again. */
export class CsvTable {
  constructor(
    private readonly file: string,
    private readonly columns: readonly string[],
  ) {}

  /** All rows so far; cells that read as numbers are numbers, empty ones are left out. */
  async rows(): Promise<CsvRow[]> {
    const text = await readFile(this.file, "utf8").catch(() => "");
    const [head, ...lines] = text.split("\n").filter((line) => line !== "");
    if (head === undefined) return [];
    if (head !== this.columns.join(","))
      throw new AppError(
        "conflict",
        `${this.file} has the columns ${head}, not ${this.columns.join(",")}: it is of another version; move it away`,
      );
    return lines.map((line) => {
      const cells = line.split(",").map((cell, i) => [this.columns[i], valueOf(cell)] as const);
      return Object.fromEntries(cells.filter(([, value]) => value !== undefined));
    });
  }

  /** Written at once: rows that belong together are all there, or none is. */
  async add(rows: readonly CsvRow[]): Promise<void> {
    const isNew = (await this.rows()).length === 0;
    if (isNew) await mkdir(path.dirname(this.file), { recursive: true });
    const lines = rows.map((row) => this.columns.map((name) => textOf(row[name])).join(","));
    const all = isNew ? [this.columns.join(","), ...lines] : lines;
    await appendFile(this.file, `${all.join("\n")}\n`);
  }
}

function valueOf(cell: string): string | number | undefined {
  if (cell === "") return undefined;
  const number = Number(cell);
  return Number.isNaN(number) ? cell : number;
}

function textOf(value: string | number | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "number") return String(Number(value.toFixed(DIGITS)));
  if (/[,\n"]/.test(value))
    throw new AppError("internal", `a cell of a table of curves may hold no comma: "${value}"`);
  return value;
}

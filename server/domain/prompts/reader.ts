import { type CellRecord, lineSplitter, rowSplitter, type TextRecord } from "./records";
import { checkedPrompt, type ReadLine } from "./row";
import { promptOfTurns } from "./turns";

export type PromptFormat = "lines" | "jsonl" | "csv";

/** By its name, else by its first line; what a person pasted has no name. */
export function promptFormatOf(content: string, fileName = ""): PromptFormat {
  if (/\.(jsonl?|ndjson)(\.gz)?$/i.test(fileName)) return "jsonl";
  if (/\.[ct]sv(\.gz)?$/i.test(fileName)) return "csv";
  if (/\.(txt|md)(\.gz)?$/i.test(fileName)) return "lines";
  const first = content.trimStart().split("\n", 1)[0] ?? "";
  return first.startsWith("{") && /"(prompt|messages|conversations)"/.test(first)
    ? "jsonl"
    : "lines";
}

/** Reads a file piece by piece: what comes out is whole, whatever the pieces. */
export interface PromptReader {
  push(piece: string): ReadLine[];
  end(): ReadLine[];
}

/**
 * One prompt a line (its ends trimmed); a JSON object a line with a `prompt` (kept to the letter; a text or the turns
 * of a chat), `messages` or `conversations`; or a table with a column named `prompt`. A line that gives none is said.
 */
export function promptReader(format: PromptFormat): PromptReader {
  if (format === "csv") {
    const rows = rowSplitter();
    const read = rowReader();
    return { push: (piece) => rows.push(piece).flatMap(read), end: () => rows.end().flatMap(read) };
  }
  const lines = lineSplitter();
  const read = (record: TextRecord) =>
    format === "jsonl" ? ofJson(record) : checkedPrompt(record.line, record.text.trim(), {});
  return { push: (piece) => lines.push(piece).map(read), end: () => lines.end().map(read) };
}

function ofJson({ line, text }: TextRecord): ReadLine {
  let row: unknown;
  try {
    row = JSON.parse(text);
  } catch {
    return { line, field: "", why: "json" };
  }
  if (typeof row === "string") return checkedPrompt(line, row, {});
  const said = typeof row === "object" && row !== null ? (row as Record<string, unknown>) : {};
  const field = ["prompt", "messages", "conversations"].find((name) => said[name] !== undefined);
  const given = field && said[field];
  if (field && Array.isArray(given)) {
    const prompt = promptOfTurns(given);
    if (typeof prompt === "string") return { line, field, why: prompt };
    return checkedPrompt(line, prompt.text, said, field);
  }
  if (typeof given !== "string") return { line, field: "prompt", why: "prompt" };
  return checkedPrompt(line, given, said, field);
}

/** The first row names the columns. Without a `prompt` among them that is said once, and no row is read. */
function rowReader(): (row: CellRecord) => ReadLine[] {
  let columns: string[] | null = null;
  return ({ line, cells, broken }) => {
    if (broken) return [{ line, field: "", why: "quote" }];
    if (columns === null) {
      columns = cells.map((name) => name.trim().toLowerCase());
      return columns.includes("prompt") ? [] : [{ line, field: "prompt", why: "column" }];
    }
    if (!columns.includes("prompt")) return [];
    const said = Object.fromEntries(
      columns.flatMap((name, i): [string, string | number][] => {
        const cell = cells[i] ?? "";
        if (name !== "prompt" && cell.trim() === "") return [];
        return [[name, name === "priority" ? Number(cell) : cell]];
      }),
    );
    return [checkedPrompt(line, String(said.prompt), said)];
  };
}

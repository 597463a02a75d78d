/** One line of text, or one row of a table, with the line that it begins on. */
export interface TextRecord {
  readonly line: number;
  readonly text: string;
}
export interface CellRecord {
  readonly line: number;
  readonly cells: readonly string[];
  /** A quote that was opened in it and never closed. */
  readonly broken?: boolean;
}

/** Takes a file piece by piece, and gives what is whole. */
export interface Splitter<T> {
  push(piece: string): T[];
  /** What the file ended with. */
  end(): T[];
}

/** Splits at LF, CR LF and CR, wherever a piece ends; a byte-order mark is taken off. Blank lines are counted and left out. */
export function lineSplitter(): Splitter<TextRecord> {
  let rest = "";
  let line = 0;
  const take = (lines: string[]): TextRecord[] =>
    lines.flatMap((text) => {
      line += 1;
      const plain = line === 1 && text.startsWith("\uFEFF") ? text.slice(1) : text;
      return plain.trim() === "" ? [] : [{ line, text: plain }];
    });
  return {
    push(piece) {
      const text = rest + piece;
      // a CR at the end may be half of a CR LF
      const whole = text.endsWith("\r") ? text.length - 1 : text.length;
      const lines = text.slice(0, whole).split(/\r\n|\r|\n/);
      rest = (lines.pop() ?? "") + text.slice(whole);
      return take(lines);
    },
    end: () => (rest === "" ? [] : take(rest.replace(/\r$/, "").split("\n"))),
  };
}

/** A row longer than this is a quote that nobody closed, not a prompt. */
const longestRow = 200_000;

/** Splits RFC 4180. The first row decides between comma, semicolon and tab, since spreadsheets write each in some country. */
export function rowSplitter(): Splitter<CellRecord> {
  let delimiter = "";
  let head = "";
  let [line, from] = [1, 1];
  let cells: string[] = [];
  let cell = "";
  let length = 0;
  let quoted: "no" | "yes" | "maybe" = "no";
  let afterReturn = false;

  const finish = (broken = false): CellRecord[] => {
    const row = { line: from, cells: [...cells, cell], ...(broken && { broken }) };
    [cells, cell, length, quoted, from] = [[], "", 0, "no", line];
    return row.cells.length === 1 && row.cells[0].trim() === "" && !broken ? [] : [row];
  };
  function step(char: string, rows: CellRecord[]): void {
    if (afterReturn && char === "\n") {
      afterReturn = false;
      return;
    }
    afterReturn = char === "\r" && quoted !== "yes";
    if (char === "\n" || char === "\r") line += 1;
    length += 1;
    if (quoted === "maybe") {
      quoted = char === '"' ? "yes" : "no";
      if (char === '"') {
        cell += char;
        return;
      }
    }
    if (quoted === "yes") {
      if (char === '"') quoted = "maybe";
      else cell += char;
      if (length > longestRow && (char === "\n" || char === "\r")) rows.push(...finish(true));
    } else if (char === '"' && cell === "") quoted = "yes";
    else if (char === delimiter) {
      cells.push(cell);
      cell = "";
    } else if (char === "\n" || char === "\r") rows.push(...finish());
    else cell += char;
  }
  const read = (text: string): CellRecord[] => {
    const rows: CellRecord[] = [];
    for (const char of text) step(char, rows);
    return rows;
  };
  return {
    push(piece) {
      if (delimiter !== "") return read(piece);
      head += piece;
      const first = /^[^\r\n]*[\r\n]/.exec(head)?.[0];
      if (first === undefined) return [];
      delimiter = delimiterOf(first);
      return read(head.replace(/^\uFEFF/, ""));
    },
    end() {
      const rows: CellRecord[] = [];
      if (delimiter === "") {
        delimiter = delimiterOf(head);
        rows.push(...read(head.replace(/^\uFEFF/, "")));
      }
      const broken = quoted === "yes";
      if (cell !== "" || cells.length > 0 || broken) rows.push(...finish(broken));
      return rows;
    },
  };
}

function delimiterOf(header: string): string {
  const plain = header.replaceAll(/"[^"]*"/g, "");
  const counted = [",", ";", "\t"].map((sign) => ({ sign, n: plain.split(sign).length }));
  return counted.reduce((a, b) => (b.n > a.n ? b : a)).sign;
}

import { AppError } from "../app-error";
import { badRow, type JsonObject, type Line, objectOf, type Where } from "./row";

const NEWLINE = 0x0a;

/**
 * Splits bytes into lines at LF only (U+2028 is text, CR before LF is dropped), decodes them as
 * UTF-8, takes a byte-order mark off the first. Lines are numbered from 1; blank ones are counted
 * and left out.
 * @throws AppError bad-input where bytes are not UTF-8
 */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
): AsyncGenerator<Line> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let parts: Uint8Array[] = [];
  let line = 0;
  const finish = (): Line | null => {
    line += 1;
    let text: string;
    try {
      text = decoder.decode(parts.length === 1 ? parts[0] : Buffer.concat(parts));
    } catch {
      throw badRow({ file, line }, "these bytes are not UTF-8", "save the file as UTF-8");
    }
    parts = [];
    if (line === 1 && text.startsWith("\uFEFF")) text = text.slice(1);
    if (text.endsWith("\r")) text = text.slice(0, -1);
    return text.trim() === "" ? null : { line, text };
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      parts.push(chunk.subarray(start, end));
      const found = finish();
      if (found) yield found;
      start = end + 1;
    }
    if (start < chunk.length) parts.push(chunk.slice(start));
  }
  if (parts.length > 0) {
    const found = finish();
    if (found) yield found;
  }
}

/**
 * Rows of one file, each read by `read`.
 * @throws AppError bad-input at the first bad row, and where there is no row at all
 */
export async function* rowsOf<T>(
  lines: AsyncIterable<Line>,
  file: string,
  read: (object: JsonObject, where: Where) => T,
): AsyncGenerator<T> {
  let rows = 0;
  for await (const { line, text } of lines) {
    const where = { file, line };
    yield read(objectOf(text, where), where);
    rows += 1;
  }
  if (rows === 0) {
    throw new AppError(
      "bad-input",
      `${file} is empty: no row in it; write one JSON object on each line.`,
    );
  }
}

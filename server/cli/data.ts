import { AppError } from "../domain/app-error";
import { rankedRow, type RankedRow, scorableRow } from "../domain/formats/ranked";
import type { JsonObject } from "../domain/formats/row";
import { promptRow, sftRow } from "../domain/formats/sft";
import { sameText, type Text } from "../domain/formats/text";
import type { RankedExample, SftExample } from "../ml/rlhf/data";
import { readRows } from "./files";
import type { NumberedFile } from "./row-names";
import type { Output } from "./output";
import { type ChatRenderer, renderPair, renderPrompt } from "./render";

/** What a file holds, ready for a trainer, with the line of each. */
export interface FileOf<T> extends NumberedFile {
  readonly examples: readonly T[];
}

/** Demonstrations of a file, as text that a model reads. */
export async function readSft(file: string, tokenizer: ChatRenderer): Promise<FileOf<SftExample>> {
  const rows = await readRows(file, sftRow);
  const examples = rows.map(({ prompt, completion, where }) =>
    inRow(where, () => renderPair(prompt, completion, tokenizer)),
  );
  return { file, lines: rows.map(({ where }) => where.line), examples };
}

/** A prompt as its file has it, and as text that a model continues. */
export interface Prompt {
  readonly prompt: Text;
  readonly text: string;
  /** what its row says of the right answer */
  readonly label: string | null;
  /** what else its row says: an id, a topic */
  readonly fields: JsonObject;
}

export async function readPrompts(file: string, tokenizer: ChatRenderer): Promise<FileOf<Prompt>> {
  const rows = await readRows(file, promptRow);
  const examples = rows.map(({ prompt, label = null, fields, where }) => ({
    prompt,
    label,
    fields,
    text: inRow(where, () => renderPrompt(prompt, tokenizer)),
  }));
  return { file, lines: rows.map(({ where }) => where.line), examples };
}

/** Rankings of a file, K-wise rows or pairs. A text given twice in a row is taken once. */
export async function readRankings(
  file: string,
  tokenizer: ChatRenderer,
  output: Pick<Output, "warn">,
): Promise<FileOf<RankedExample>> {
  const rows = await readRows(file, rankedRow);
  const doubled = rows.filter(({ duplicates }) => duplicates.length > 0);
  if (doubled.length > 0) {
    const { where, duplicates } = doubled[0];
    output.warn(
      `${file}: ${doubled.length} of ${rows.length} rows have one text under two ids (first: line ${where.line}, "${duplicates[0].join('" and "')}"); only the first of them is used`,
    );
  }
  const examples = rows.map((row) => inRow(row.where, () => exampleOf(row, tokenizer)));
  if (examples.every(({ groups }) => groups.length < 2)) {
    throw new AppError(
      "bad-input",
      `${file}: no row puts one completion before another (only ties or not rankable); there is nothing to learn from it.`,
    );
  }
  return { file, lines: rows.map(({ where }) => where.line), examples };
}

function exampleOf(row: RankedRow, tokenizer: ChatRenderer): RankedExample {
  const isFirst = row.completions.map(
    ({ text }, i) => row.completions.findIndex((other) => sameText(other.text, text)) === i,
  );
  const kept = row.completions.flatMap((_, i) => (isFirst[i] ? [i] : []));
  const place = (indices: readonly number[]) =>
    indices.filter((i) => isFirst[i]).map((i) => kept.indexOf(i));
  const pairs = kept.map((i) => renderPair(row.prompt, row.completions[i].text, tokenizer));
  // a template may split one row's pairs at different places: the shortest prompt begins them all
  const prompt = pairs.map((pair) => pair.prompt).sort((a, b) => a.length - b.length)[0];
  return {
    prompt,
    completions: pairs.map((pair) => (pair.prompt + pair.completion).slice(prompt.length)),
    groups: row.groups.map(place).filter((group) => group.length > 0),
    notRankable: place(row.notRankable),
    ...(row.weight === undefined ? {} : { weight: row.weight }),
    ...(row.margin === undefined ? {} : { margin: row.margin }),
    ...(row.labeler === undefined ? {} : { labeler: row.labeler }),
    ...(row.labelerGroup === undefined ? {} : { labelerGroup: row.labelerGroup }),
  };
}

/** A row of a file with the texts to be scored, ready to be written back with its scores. */
export interface Scorable {
  readonly source: Readonly<Record<string, unknown>>;
  readonly pairs: readonly SftExample[];
}

export async function readScorable(
  file: string,
  tokenizer: ChatRenderer,
): Promise<FileOf<Scorable>> {
  const lines: number[] = [];
  const examples = await readRows(file, (source, where) => {
    const row = scorableRow(source, where);
    lines.push(where.line);
    const pairs = inRow(where, () =>
      row.completions.map((completion) => renderPair(row.prompt, completion, tokenizer)),
    );
    return { source, pairs };
  });
  return { file, lines, examples };
}

/** Runs what may fail on one row; a failure names the row. */
function inRow<T>(where: { file: string; line: number }, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError(error.code, `${where.file}, line ${where.line}: ${error.message}`, {
      cause: error,
    });
  }
}

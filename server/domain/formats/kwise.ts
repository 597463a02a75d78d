import { z } from "zod";
import { badRow, type JsonObject, parseRow, type Where } from "./row";
import { excerpt, type Text, textKey, zText } from "./text";

/** What a file may hold; the product itself asks for 4 to 9. */
export const COMPLETIONS = { least: 2, most: 9 } as const;

export const zKwiseCompletion = z.looseObject({
  id: z.union([z.string().min(1), z.number()]).transform(String),
  text: zText,
});

/** A K-wise row: K completions of one prompt in the order one labeler gave them, best tie group first. */
export const zKwiseRow = z.looseObject({
  id: z.union([z.string(), z.number()]).transform(String).optional(),
  prompt: zText,
  completions: z.array(zKwiseCompletion),
  ranking: z.array(
    z.union([
      z.array(z.union([z.string(), z.number()]).transform(String)),
      z.union([z.string(), z.number()]).transform((id) => [String(id)]),
    ]),
  ),
  not_rankable: z.array(z.union([z.string(), z.number()]).transform(String)).default([]),
  labeler: z.string().nullish(),
  labeler_group: z.string().nullish(),
  created_at: z.string().nullish(),
  weight: z.number().nonnegative().optional(),
});
export type KwiseRow = z.infer<typeof zKwiseRow>;

/** A K-wise row that nobody has ranked yet: what `generate` writes and `score` reads. */
export const zUnrankedRow = zKwiseRow.partial({ ranking: true });

/**
 * Reads a K-wise row and checks what a schema cannot: K, ids, and that the ranking and
 * `not_rankable` name each completion at most once. A completion in neither is simply not ranked.
 */
export function kwiseRow(object: JsonObject, where: Where): KwiseRow {
  const row = parseRow(zKwiseRow, object, where);
  checkCompletions(row.completions, where, COMPLETIONS.least);
  checkRanking(row, where);
  return row;
}

/** Completions of a row to be scored: from 1 to any number, each id once. */
export function unrankedRow(object: JsonObject, where: Where): z.infer<typeof zUnrankedRow> {
  const row = parseRow(zUnrankedRow, object, where);
  if (row.completions.length === 0) {
    throw badRow(where, 'field "completions" is empty', "give the row at least one completion");
  }
  checkIds(row.completions, where);
  return row;
}

function checkCompletions(completions: KwiseRow["completions"], where: Where, least: number): void {
  const k = completions.length;
  if (k < least || k > COMPLETIONS.most) {
    throw badRow(
      where,
      `field "completions" has ${k} completion${k === 1 ? "" : "s"}`,
      `give ${COMPLETIONS.least} to ${COMPLETIONS.most} completions to rank (4 to 9 are usual)`,
    );
  }
  checkIds(completions, where);
  if (new Set(completions.map((c) => textKey(c.text))).size === 1) {
    throw badRow(
      where,
      `all completions are duplicates of one text ("${excerpt(completions[0].text)}")`,
      "a ranking needs at least two different texts: leave the row out or give other completions",
    );
  }
}

interface IdAndText {
  readonly id: string;
  readonly text?: Text | undefined;
}

/** That no id is there twice. */
export function checkIds(completions: readonly IdAndText[], where: Where): void {
  const seen = new Map<string, IdAndText>();
  for (const completion of completions) {
    const other = seen.get(completion.id);
    if (other) {
      const same =
        other.text !== undefined &&
        completion.text !== undefined &&
        textKey(other.text) === textKey(completion.text)
          ? " with the same text too"
          : "";
      throw badRow(
        where,
        `field "completions" has the id "${completion.id}" twice${same} (duplicate completions)`,
        same === "" ? "give each completion its own id" : "leave the second one out",
      );
    }
    seen.set(completion.id, completion);
  }
}

/** That `ranking` and `not_rankable` name completions of the row, each at most once. */
export function checkRanking(
  row: Pick<KwiseRow, "ranking" | "not_rankable"> & {
    readonly completions: readonly { readonly id: string }[];
  },
  where: Where,
): void {
  const known = new Set(row.completions.map((c) => c.id));
  const seen = new Map<string, string>();
  const named: [string, string][] = [
    ...row.ranking.flat().map((id): [string, string] => ["ranking", id]),
    ...row.not_rankable.map((id): [string, string] => ["not_rankable", id]),
  ];
  for (const [field, id] of named) {
    if (!known.has(id)) {
      throw badRow(
        where,
        `field "${field}" names "${id}", which no completion has as its id`,
        `name only these: ${[...known].join(", ")}`,
      );
    }
    const before = seen.get(id);
    if (before !== undefined) {
      const places =
        before === field
          ? `"${field}" names "${id}" twice`
          : `"${id}" is in both "${before}" and "${field}"`;
      throw badRow(where, places, "name each completion once");
    }
    seen.set(id, field);
  }
  if (row.ranking.length === 0 && row.not_rankable.length === 0) {
    throw badRow(
      where,
      'field "ranking" is empty',
      "list the ids from best to worst, those of a tie in one list, or put all ids in not_rankable",
    );
  }
}

/** Texts that a row gives under two ids: no order can be learnt between them. @returns pairs of ids */
export function duplicateTexts(row: Pick<KwiseRow, "completions">): [string, string][] {
  const first = new Map<string, string>();
  return row.completions.flatMap(({ id, text }): [string, string][] => {
    const key = textKey(text);
    const other = first.get(key);
    if (other !== undefined) return [[other, id]];
    first.set(key, id);
    return [];
  });
}

/** The same row with its fields in the order of the format, and nothing of what was not given. */
export function kwiseRowOf(row: {
  id?: string;
  prompt: KwiseRow["prompt"];
  completions: readonly {
    id: string;
    text: KwiseRow["prompt"];
    model?: string;
    params?: unknown;
  }[];
  groups: readonly (readonly string[])[];
  notRankable?: readonly string[];
  labeler?: string;
  createdAt?: string;
  extra?: JsonObject;
}): JsonObject {
  return {
    ...(row.id === undefined ? {} : { id: row.id }),
    prompt: row.prompt,
    completions: row.completions,
    ranking: row.groups,
    not_rankable: row.notRankable ?? [],
    ...(row.labeler === undefined ? {} : { labeler: row.labeler }),
    ...(row.createdAt === undefined ? {} : { created_at: row.createdAt }),
    ...row.extra,
  };
}

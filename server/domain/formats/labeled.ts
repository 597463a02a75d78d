import { z } from "zod";
import { checkIds, checkRanking, zKwiseCompletion, zKwiseRow } from "./kwise";
import { preferenceRow } from "./preference";
import { badRow, type JsonObject, parseRow, type Where } from "./row";
import { excerpt, type Text, textKey } from "./text";
import { isVotesRow, votesRow } from "./votes";
import { isWmtRow, wmtRow } from "./wmt";

/** What one labeler thinks of one prompt's completions, whatever the format: enough to compare labelers. */
export interface LabeledRanking {
  /** the same for rankings of the same prompt */
  readonly prompt: string;
  readonly promptText: Text;
  /** null where the row does not say */
  readonly labeler: string | null;
  /** all that the labeler was shown, in the order of the row; `key` is the same for the same text */
  readonly completions: readonly { readonly key: string; readonly id: string }[];
  /** tie groups of indices into `completions`, best first */
  readonly groups: readonly (readonly number[])[];
  /** of pairs that were one ranking */
  readonly rankingId: string | null;
  /** the format is one whose published figures count pairs in the order of the row (see WMT) */
  readonly listed: boolean;
}

const zName = z.union([z.string(), z.number()]).transform(String);

/** As a K-wise row, of any K and with or without texts: who agrees does not depend on them. */
const zRow = zKwiseRow.extend({
  completions: z.array(zKwiseCompletion.partial({ text: true })),
  labeler: zName.nullish(),
});

const zLabeler = z.looseObject({
  labeler: zName.nullish(),
  annotator: zName.nullish(),
  worker: zName.nullish(),
  ranking_id: zName.nullish(),
});

/** Reads K-wise rows, pairs, WMT's rankings and votes on a pair, told apart by their fields. */
export function labeledRankings(object: JsonObject, where: Where): LabeledRanking[] {
  if (isWmtRow(object)) return [wmtRow(object, where)];
  if (isVotesRow(object)) return votesRow(object, where);
  if ("completions" in object || "ranking" in object) return [kwise(object, where)];
  if ("chosen" in object || "rejected" in object) return [pair(object, where)];
  throw badRow(
    where,
    `this is no ranking (it has ${Object.keys(object).join(", ") || "no field"})`,
    "give K-wise rows {prompt, completions, ranking, labeler} or pairs {prompt, chosen, rejected, labeler}",
  );
}

function kwise(object: JsonObject, where: Where): LabeledRanking {
  const row = parseRow(zRow, object, where);
  checkIds(row.completions, where);
  checkRanking(row, where);
  const texts = row.completions.map(({ text }) => (text === undefined ? null : textKey(text)));
  const index = new Map(row.completions.map(({ id }, i) => [id, i]));
  return {
    prompt: textKey(row.prompt),
    promptText: row.prompt,
    labeler: row.labeler ?? null,
    // ids may be drawn anew for each labeler: the text tells which is which, if it is there once
    completions: row.completions.map(({ id }, i) => {
      const text = texts[i];
      const isOwn = text !== null && texts.indexOf(text) === texts.lastIndexOf(text);
      return { id, key: isOwn ? `text ${text}` : `id ${id}` };
    }),
    groups: row.ranking
      .filter((group) => group.length > 0)
      .map((group) => group.map((id) => index.get(id)!)),
    rankingId: null,
    listed: false,
  };
}

function pair(object: JsonObject, where: Where): LabeledRanking {
  const { prompt, chosen, rejected } = preferenceRow(object, where);
  const { labeler, annotator, worker, ranking_id: rankingId } = parseRow(zLabeler, object, where);
  return {
    prompt: textKey(prompt),
    promptText: prompt,
    labeler: labeler ?? annotator ?? worker ?? null,
    completions: [chosen, rejected].map((text) => {
      return { id: excerpt(text, 200), key: `text ${textKey(text)}` };
    }),
    groups: [[0], [1]],
    rankingId: rankingId ?? null,
    listed: false,
  };
}

import { z } from "zod";
import { duplicateTexts, kwiseRow, type KwiseRow, unrankedRow } from "./kwise";
import { preferenceRow } from "./preference";
import { badRow, type JsonObject, parseRow, type Where } from "./row";
import { type Text, zText } from "./text";

/** One ranking of a file, whatever its format; groups and notRankable are indices of completions. */
export interface RankedRow {
  readonly where: Where;
  readonly id: string | null;
  readonly prompt: Text;
  readonly completions: readonly { readonly id: string; readonly text: Text }[];
  readonly groups: readonly (readonly number[])[];
  readonly notRankable: readonly number[];
  readonly weight?: number;
  readonly margin?: number;
  readonly labeler?: string;
  /** of labelers: a language, an expertise */
  readonly labelerGroup?: string;
  /** ids of completions that share one text */
  readonly duplicates: readonly (readonly [string, string])[];
}

/** Reads a ranking from a K-wise row or a pair, told apart by their fields. */
export function rankedRow(object: JsonObject, where: Where): RankedRow {
  if ("completions" in object || "ranking" in object)
    return fromKwise(kwiseRow(object, where), where);
  if ("chosen" in object || "rejected" in object) {
    const { prompt, chosen, rejected, margin } = preferenceRow(object, where);
    return {
      where,
      id: typeof object.id === "string" ? object.id : null,
      prompt,
      completions: [
        { id: "chosen", text: chosen },
        { id: "rejected", text: rejected },
      ],
      groups: [[0], [1]],
      notRankable: [],
      duplicates: [],
      ...(margin === undefined ? {} : { margin }),
    };
  }
  throw badRow(
    where,
    `this is no ranking (it has ${Object.keys(object).join(", ") || "no field"})`,
    "give K-wise rows {prompt, completions, ranking} or pairs {prompt, chosen, rejected}",
  );
}

function fromKwise(row: KwiseRow, where: Where): RankedRow {
  const index = new Map(row.completions.map((c, i) => [c.id, i]));
  const indices = (ids: readonly string[]) => ids.map((id) => index.get(id)!);
  return {
    where,
    id: row.id ?? null,
    prompt: row.prompt,
    completions: row.completions.map(({ id, text }) => ({ id, text })),
    groups: row.ranking.filter((group) => group.length > 0).map(indices),
    notRankable: indices(row.not_rankable),
    duplicates: duplicateTexts(row),
    ...(row.weight === undefined ? {} : { weight: row.weight }),
    ...(row.labeler ? { labeler: row.labeler } : {}),
    ...(row.labeler_group ? { labelerGroup: row.labeler_group } : {}),
  };
}

/** A prompt and the texts to be scored for it. */
export interface ScorableRow {
  readonly where: Where;
  readonly prompt: Text;
  readonly completions: readonly Text[];
}

const zPromptCompletion = z.looseObject({ prompt: zText, completion: zText });

/** Reads what a reward model can score: a ranking, completions nobody ranked, or one completion. */
export function scorableRow(object: JsonObject, where: Where): ScorableRow {
  if ("completions" in object) {
    const row = unrankedRow(object, where);
    return { where, prompt: row.prompt, completions: row.completions.map((c) => c.text) };
  }
  if ("completion" in object) {
    const row = parseRow(zPromptCompletion, object, where);
    return { where, prompt: row.prompt, completions: [row.completion] };
  }
  const { prompt, completions } = rankedRow(object, where);
  return { where, prompt, completions: completions.map((c) => c.text) };
}

import { z } from "zod";
import { type PersonalKind, personalKinds } from "./personal-kinds";
import { zGivenPair } from "./given-answers";
import { promptLimit } from "./limit";
import { badReasons, languagePattern } from "./row";

/** From so much likeness on near-duplicates are counted, and can be left out. The first is what counts as near at all. */
export const nearLevels = [0.65, 0.8, 0.95] as const;

/** What an import found, by kind. */
export interface ImportCounts {
  /** lines that say something */
  lines: number;
  /** neither bad nor exactly the same as another */
  fresh: number;
  repeat: number;
  known: number;
  bad: number;
  /** fresh ones that are at least as alike as each of `nearLevels` */
  near: [number, number, number];
  /** fresh ones with personal data of any kind, and of each */
  personal: number;
  /** fresh ones that come with two answers */
  pairs?: number;
  kinds: Partial<Record<PersonalKind, number>>;
}

export const noCounts: ImportCounts = {
  lines: 0,
  fresh: 0,
  repeat: 0,
  known: 0,
  bad: 0,
  near: [0, 0, 0],
  personal: 0,
  kinds: {},
};

/** What is counted of one line. */
interface Counted {
  state: "fresh" | "repeat" | "known" | "bad";
  resemblance: number | null;
  /** in its answers too */
  personal: readonly { kind: PersonalKind }[] | null;
  answers?: readonly unknown[];
}

export function countMore(before: ImportCounts, lines: readonly Counted[]): ImportCounts {
  const counts = structuredClone(before);
  for (const { state, resemblance, personal, answers } of lines) {
    counts.lines += 1;
    counts[state] += 1;
    if (state !== "fresh") continue;
    if (answers) counts.pairs = (counts.pairs ?? 0) + 1;
    for (const [i, level] of nearLevels.entries())
      if (resemblance !== null && resemblance >= level) counts.near[i] += 1;
    if (!personal) continue;
    counts.personal += 1;
    for (const kind of new Set(personal.map((one) => one.kind)))
      counts.kinds[kind] = (counts.kinds[kind] ?? 0) + 1;
  }
  return counts;
}

/** So many lines a piece: the server is never busy with one for long. */
export const pieceLines = 200;
/** A piece's texts together; a single line may be longer. */
export const pieceLength = 60_000;

const zShort = z.string().max(200);
export const zReadLine = z.union([
  z.object({
    line: z.int().min(1),
    field: zShort,
    why: z.enum(badReasons),
    length: z.int().optional(),
  }),
  z.object({
    line: z.int().min(1),
    text: z
      .string()
      .max(promptLimit)
      .refine((text) => text.trim() !== ""),
    language: z.string().regex(languagePattern).optional(),
    cluster: zShort.optional(),
    label: z.string().max(promptLimit).optional(),
    priority: z.int().min(-1000).max(1000).optional(),
    source: zShort.optional(),
    answers: zGivenPair.optional(),
  }),
]);

/** What shall become of each kind of finding. What the campaign has to the letter is never added again. */
export const zImportChoices = z.object({
  /** Near-duplicates at least so alike are left out; null: all are added. */
  leaveOutNear: z.number().min(0).max(1).nullable().default(null),
  personal: z
    .partialRecord(z.enum(personalKinds), z.enum(["mask", "keep", "leave-out"]))
    .default({}),
  /** Of prompts of which the file says none. */
  language: z.string().regex(languagePattern, "Give a language tag such as en or ko.").optional(),
});
export type ImportChoices = z.output<typeof zImportChoices>;
export type PersonalChoice = NonNullable<ImportChoices["personal"][PersonalKind]>;

/** Personal data is masked unless somebody says otherwise. */
export const choiceFor = (
  choices: Pick<ImportChoices, "personal">,
  kind: PersonalKind,
): PersonalChoice => choices.personal[kind] ?? "mask";

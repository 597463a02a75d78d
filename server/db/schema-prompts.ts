import type * as Ids from "../domain/ids";
import type { GivenPair } from "../domain/prompts/given-answers";
import type { ImportCounts } from "../domain/prompts/import";
import type { PersonalData } from "../domain/prompts/personal-kinds";
import type { BadLine } from "../domain/prompts/row";
import {
  bigint,
  createdAt,
  id,
  index,
  integer,
  json,
  optional,
  primaryKey,
  real,
  ref,
  table,
  text,
  timestamp,
  unique,
} from "./kit";
import { campaign, prompt, user } from "./schema";

/** A file of prompts that is being read, or waits for an admin to say what shall be done with what was found. */
export const promptImport = table(
  "prompt_import",
  {
    id: id<Ids.ImportId>(),
    campaignId: ref<Ids.CampaignId>(() => campaign.id),
    /** The file's name, or where pasted prompts are from. */
    source: text(),
    status: text<"reading" | "read" | "done">(),
    /** So many pieces of the file were taken in: the same piece sent again changes nothing. */
    pieces: integer().default(0),
    counts: json<ImportCounts>(),
    createdById: optional.ref<Ids.UserId>(() => user.id),
    createdAt: createdAt(),
  },
  (t) => [index("prompt_import_campaign").on(t.campaignId, t.status)],
);

/** One line of an import. Nothing but the import knows it until it becomes the prompt of the same id. */
export const promptDraft = table(
  "prompt_draft",
  {
    id: id<Ids.PromptId>(),
    importId: ref<Ids.ImportId>(() => promptImport.id),
    line: integer(),
    text: text(),
    textHash: bigint(),
    language: optional.text(),
    cluster: optional.text(),
    label: optional.text(),
    priority: integer().default(0),
    source: optional.text(),
    /** "repeat": said before in the file; "known": the campaign has it. */
    state: text<"fresh" | "repeat" | "known" | "bad">(),
    /** The prompt or the line of the same file that it is most like, and how much, 0 to 1. */
    nearId: optional.text<Ids.PromptId>(),
    resemblance: optional.real(),
    personal: optional.json<PersonalData[]>(),
    /** That came with it, to be compared. */
    answers: optional.json<GivenPair>(),
    bad: optional.json<BadLine>(),
  },
  (t) => [
    unique("prompt_draft_line").on(t.importId, t.line),
    index("prompt_draft_text").on(t.importId, t.textHash),
  ],
);

/**
 * The bands of a prompt's MinHash: what shares one is looked at for likeness. Of drafts too, under the id that the
 * prompt will have; what became no prompt is swept.
 */
export const promptBand = table(
  "prompt_band",
  { key: bigint(), promptId: text<Ids.PromptId>() },
  (t) => [primaryKey({ columns: [t.key, t.promptId] }), index("prompt_band_prompt").on(t.promptId)],
);

/** Which near-duplicates a prompt belongs to: those of the first that it, or what it is like, was like. */
export const promptLikeness = table(
  "prompt_likeness",
  {
    promptId: text<Ids.PromptId>().primaryKey(),
    campaignId: ref<Ids.CampaignId>(() => campaign.id),
    /** The first prompt of its group: its own id where it is like none. */
    groupId: text<Ids.PromptId>(),
    /** To the one that it is most like among those that were there before it; 1 for the first. */
    resemblance: real(),
  },
  (t) => [index("prompt_likeness_group").on(t.campaignId, t.groupId)],
);

/** A prompt that gets no new work. What was written and judged of it stays. */
export const promptArchive = table("prompt_archive", {
  promptId: ref<Ids.PromptId>(() => prompt.id).primaryKey(),
  /** The near-duplicate that was kept in its stead. */
  keptId: optional.ref<Ids.PromptId>(() => prompt.id),
  archivedById: optional.ref<Ids.UserId>(() => user.id),
  createdAt: createdAt(),
});

/** What describes the prompts of one cluster, which carry its name. */
export const promptCluster = table(
  "prompt_cluster",
  {
    campaignId: ref<Ids.CampaignId>(() => campaign.id),
    name: text(),
    /** Most telling first. */
    words: json<string[]>(),
    computedAt: timestamp(),
  },
  (t) => [primaryKey({ columns: [t.campaignId, t.name] })],
);

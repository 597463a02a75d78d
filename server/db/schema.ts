import { sql } from "drizzle-orm";
import type * as Ids from "../domain/ids";
import type { KeptRatings } from "../domain/ratings-schema";
import type { Role } from "../domain/roles";
import type { RunKind } from "../domain/run-kinds";
import type { GateRecord } from "../domain/rounds/gate";
import type { RoundStatus } from "../domain/rounds/machine";
import type { SnapshotCounts } from "../domain/snapshot-counts";
import type {
  CampaignConfig,
  JobResult,
  RunConfig,
  RunMemory,
  RunTracking,
  SampleTokens,
  SamplingParams,
} from "./json-columns";
import type { Purpose } from "../domain/distribution";
import {
  bigint,
  boolean,
  createdAt,
  digest,
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
  updatedAt,
  type Column,
} from "./kit";

/** Somebody who works here. A simulated one is played by a program, and marked in every row it writes. */
export const user = table(
  "user",
  {
    id: id<Ids.UserId>(),
    name: text(),
    email: optional.text(),
    passwordHash: optional.text(),
    role: text<Role>(),
    simulated: boolean().default(false),
    locale: optional.text(),
    /** BCP 47 languages that they read, in their own words; null until they say: then any. */
    languages: optional.json<string[]>(),
    /** What an admin knows them to be good at; a campaign can ask for one. */
    qualifications: optional.json<string[]>(),
    disabledAt: optional.timestamp(),
    createdAt: createdAt(),
  },
  (t) => [unique("user_email").on(t.email)],
);

/** A model folder that the site knows. Its weights lie under `path`; the row says where it came from. */
export const model = table(
  "model",
  {
    id: id<Ids.ModelId>(),
    name: text(),
    kind: text<"policy" | "reward">(),
    path: text(),
    hash: text(),
    architecture: text(),
    parameters: bigint(),
    parentId: optional.ref<Ids.ModelId>((): Column => model.id),
    runId: optional.ref<Ids.RunId>((): Column => run.id),
    campaignId: optional.ref<Ids.CampaignId>((): Column => campaign.id),
    /** Share of held-out prompts answered exactly right, where a program can tell. */
    exact: optional.real(),
    source: text<"shipped" | "dropped-in" | "trained">(),
    createdAt: createdAt(),
  },
  (t) => [unique("model_path").on(t.path)],
);

/** Prompts, people's work and a policy that learns from it, round after round. */
export const campaign = table("campaign", {
  id: id<Ids.CampaignId>(),
  name: text(),
  guidelines: text(),
  status: text<"draft" | "open" | "paused" | "closed">(),
  /** The program that can tell a right answer, where there is one; its verdict never trains anything. */
  verifier: optional.text<"sort">(),
  policyModelId: optional.ref<Ids.ModelId>(() => model.id),
  /** The reference of the KL penalty, and the reward model's backbone unless `rewardModelId` is set. */
  sftModelId: optional.ref<Ids.ModelId>(() => model.id),
  rewardModelId: optional.ref<Ids.ModelId>(() => model.id),
  completionsPerTask: integer(),
  tasksPerRound: integer(),
  overlap: integer(),
  round: integer().default(0),
  config: json<CampaignConfig>(),
  /** Only its members may label, whatever role others have in all campaigns. */
  membersOnly: boolean().default(false),
  createdById: optional.ref<Ids.UserId>(() => user.id),
  createdAt: createdAt(),
  openedAt: optional.timestamp(),
});

/** One turn of a campaign's circle: a policy answers, people rank, the reward model learns, the policy moves. */
export const round = table(
  "round",
  {
    id: id<Ids.RoundId>(),
    campaignId: ref<Ids.CampaignId>(() => campaign.id),
    number: integer(),
    status: text<RoundStatus>(),
    /** A person asked it to wait at its next gate. */
    held: boolean().default(false),
    /** What each gate decided and why, oldest first. */
    gates: optional.json<GateRecord[]>(),
    policyModelId: ref<Ids.ModelId>(() => model.id),
    snapshotId: optional.ref<Ids.SnapshotId>((): Column => snapshot.id),
    /** The runs of its present turn; runs that failed or were put aside still name their round. */
    rewardRunId: optional.ref<Ids.RunId>((): Column => run.id),
    ppoRunId: optional.ref<Ids.RunId>((): Column => run.id),
    rewardModelId: optional.ref<Ids.ModelId>(() => model.id),
    nextPolicyModelId: optional.ref<Ids.ModelId>(() => model.id),
    exact: optional.real(),
    createdAt: createdAt(),
    endedAt: optional.timestamp(),
  },
  (t) => [unique("round_number").on(t.campaignId, t.number)],
);

export const prompt = table(
  "prompt",
  {
    id: id<Ids.PromptId>(),
    campaignId: ref<Ids.CampaignId>(() => campaign.id),
    text: text(),
    split: text<"train" | "heldout">(),
    source: text(),
    /** Said of it: BCP 47, its subject, what a program holds answers against, and the larger, the sooner. */
    language: optional.text(),
    cluster: optional.text(),
    label: optional.text(),
    priority: integer().default(0),
    createdById: optional.ref<Ids.UserId>(() => user.id),
    createdAt: createdAt(),
  },
  (t) => [
    unique("prompt_text").on(t.campaignId, digest(t.text)),
    index("prompt_listed").on(t.campaignId, t.createdAt, t.id, t.split),
    index("prompt_told").on(t.campaignId, t.source, t.cluster, t.language),
  ],
);

/** The answer a person would want; accepted ones train SFT and may stand among a task's completions. */
export const demonstration = table(
  "demonstration",
  {
    id: id<Ids.DemonstrationId>(),
    campaignId: ref<Ids.CampaignId>(() => campaign.id),
    promptId: ref<Ids.PromptId>(() => prompt.id),
    authorId: ref<Ids.UserId>(() => user.id),
    text: text(),
    /** "skipped" by its author: it keeps the prompt from coming to them again. */
    status: text<"draft" | "submitted" | "accepted" | "rejected" | "skipped">(),
    reviewerId: optional.ref<Ids.UserId>(() => user.id),
    reason: optional.text(),
    /** As its author sent it, where a reviewer changed the text since. */
    written: optional.text(),
    guidelinesVersion: optional.integer(),
    simulated: boolean().default(false),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    unique("demonstration_author").on(t.promptId, t.authorId),
    index("demonstration_status").on(t.campaignId, t.status),
  ],
);

/** One answer to a prompt, by a model or (as a demonstration) by a person. */
export const completion = table(
  "completion",
  {
    id: id<Ids.CompletionId>(),
    promptId: ref<Ids.PromptId>(() => prompt.id),
    roundId: optional.ref<Ids.RoundId>(() => round.id),
    modelId: optional.ref<Ids.ModelId>(() => model.id),
    demonstrationId: optional.ref<Ids.DemonstrationId>(() => demonstration.id),
    text: text(),
    seed: optional.bigint(),
    params: json<SamplingParams>(),
    finish: text<"stop" | "length" | "written">(),
    /** The program's verdict. Never leaves the server for a labeler, never trains a reward model. */
    correct: optional.boolean(),
    createdAt: createdAt(),
  },
  (t) => [
    index("completion_prompt").on(t.promptId),
    index("completion_round").on(t.roundId, t.promptId),
  ],
);

/** A prompt with a fixed set of completions that `overlap` people shall rank. */
export const task = table(
  "task",
  {
    id: id<Ids.TaskId>(),
    campaignId: ref<Ids.CampaignId>(() => campaign.id),
    roundId: ref<Ids.RoundId>(() => round.id),
    promptId: ref<Ids.PromptId>(() => prompt.id),
    completionIds: json<Ids.CompletionId[]>(),
    overlap: integer(),
    /** In the calibration pool: every labeler gets it, beyond `overlap` too. */
    calibration: boolean().default(false),
    /** How far reward models disagree on its completions, 0 to 0.5, where there are several. */
    uncertainty: optional.real(),
    /** Rankings on its places, counted in the transaction that takes one. */
    placed: integer().default(0),
    /** False once rankings have all its places: whoever looks for work passes over it. */
    open: boolean().default(true),
    createdAt: createdAt(),
  },
  (t) => [
    unique("task_prompt").on(t.roundId, t.promptId),
    index("task_campaign").on(t.campaignId, t.roundId, t.createdAt, t.id),
    index("task_open").on(t.roundId, t.calibration, t.open, t.id, t.overlap, t.placed),
  ],
);

/** A task lent to a labeler, in the order drawn for them. */
export const assignment = table(
  "assignment",
  {
    id: id<Ids.AssignmentId>(),
    taskId: ref<Ids.TaskId>(() => task.id),
    labelerId: ref<Ids.UserId>(() => user.id),
    shownOrder: json<Ids.CompletionId[]>(),
    draft: optional.json<unknown>(),
    status: text<"active" | "submitted" | "skipped" | "expired">(),
    skipReason: optional.text(),
    /** Which places it takes: only "ordinary" ones are bounded by the task's overlap. */
    purpose: text<Purpose>().default("ordinary"),
    servedBecause: text(),
    guidelinesVersion: optional.integer(),
    leaseExpiresAt: timestamp(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    unique("assignment_labeler").on(t.taskId, t.labelerId),
    index("assignment_active").on(t.labelerId, t.status),
    index("assignment_by").on(t.labelerId, t.createdAt),
  ],
);

/** One labeler's order of one task's completions, best tie group first. Append-only. */
export const ranking = table(
  "ranking",
  {
    id: id<Ids.RankingId>(),
    taskId: ref<Ids.TaskId>(() => task.id),
    assignmentId: ref<Ids.AssignmentId>(() => assignment.id),
    labelerId: ref<Ids.UserId>(() => user.id),
    groups: json<Ids.CompletionId[][]>(),
    notRankable: json<Ids.CompletionId[]>(),
    noneAcceptable: boolean().default(false),
    comment: optional.text(),
    /** What was said besides the order, by completion; null when nothing was asked or said. */
    ratings: optional.json<KeptRatings>(),
    seconds: real(),
    guidelinesVersion: optional.integer(),
    purpose: text<Purpose>().default("ordinary"),
    simulated: boolean().default(false),
    createdAt: createdAt(),
  },
  (t) => [
    unique("ranking_labeler").on(t.taskId, t.labelerId),
    index("ranking_by").on(t.labelerId, t.createdAt, t.taskId, t.simulated, t.seconds),
    index("ranking_simulated")
      .on(t.taskId)
      .where(sql`simulated`),
    index("ranking_created").on(t.createdAt),
    index("ranking_assignment").on(t.assignmentId),
    index("ranking_beyond")
      .on(t.createdAt)
      .where(sql`purpose <> 'ordinary'`),
  ],
);

/** An immutable, content-hashed file of rankings, split by prompt. */
export const snapshot = table(
  "snapshot",
  {
    id: id<Ids.SnapshotId>(),
    campaignId: ref<Ids.CampaignId>(() => campaign.id),
    roundId: optional.ref<Ids.RoundId>(() => round.id),
    hash: text(),
    includeSimulated: boolean(),
    counts: json<SnapshotCounts>(),
    path: text(),
    createdById: optional.ref<Ids.UserId>(() => user.id),
    createdAt: createdAt(),
  },
  (t) => [index("snapshot_campaign").on(t.campaignId)],
);

/** One training, as a researcher cites it: code version, data, model, config and seed. */
export const run = table(
  "run",
  {
    id: id<Ids.RunId>(),
    kind: text<RunKind>(),
    campaignId: optional.ref<Ids.CampaignId>(() => campaign.id),
    roundId: optional.ref<Ids.RoundId>(() => round.id),
    snapshotId: optional.ref<Ids.SnapshotId>(() => snapshot.id),
    modelId: optional.ref<Ids.ModelId>(() => model.id),
    rewardModelId: optional.ref<Ids.ModelId>(() => model.id),
    outputModelId: optional.ref<Ids.ModelId>(() => model.id),
    config: json<RunConfig>(),
    seed: bigint(),
    status: text<"queued" | "running" | "paused" | "done" | "failed" | "cancelled">(),
    error: optional.text(),
    step: integer().default(0),
    totalSteps: integer().default(0),
    secondsLeft: optional.real(),
    /** Of training so far, pauses left out. */
    seconds: real().default(0),
    memory: optional.json<RunMemory>(),
    tracking: optional.json<RunTracking>(),
    startedAt: optional.timestamp(),
    endedAt: optional.timestamp(),
    createdById: optional.ref<Ids.UserId>(() => user.id),
    createdAt: createdAt(),
  },
  (t) => [index("run_campaign").on(t.campaignId)],
);

/** What a run measured at one step. */
export const metric = table(
  "metric",
  {
    runId: ref<Ids.RunId>(() => run.id),
    step: integer(),
    values: json<Record<string, number>>(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.step] })],
);

/** A text that a run showed at one step, with its score. */
export const sample = table(
  "sample",
  {
    runId: ref<Ids.RunId>(() => run.id),
    step: integer(),
    place: integer(),
    prompt: text(),
    completion: text(),
    /** As the trainer takes it, after clip and EOS rule. */
    score: optional.real(),
    rawScore: optional.real(),
    tokens: optional.json<SampleTokens>(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.step, t.place] })],
);

/** Work for the worker. A run is what a researcher cites; a job is how it gets done. */
export const job = table(
  "job",
  {
    id: id<Ids.JobId>(),
    name: text(),
    input: json<unknown>(),
    /** Work that must not be queued twice carries the same key. */
    key: optional.text(),
    status: text<"queued" | "running" | "paused" | "done" | "failed" | "cancelled">(),
    priority: integer().default(0),
    attempts: integer().default(0),
    /** Not before this moment: a failed attempt waits. */
    runAfter: optional.timestamp(),
    progress: optional.real(),
    message: optional.text(),
    secondsLeft: optional.real(),
    leaseExpiresAt: optional.timestamp(),
    workerId: optional.text(),
    error: optional.text(),
    /** What it found, where that is more than rows of other tables. */
    result: optional.json<JobResult>(),
    cancelRequested: boolean().default(false),
    /** The worker keeps a checkpoint after its step, and leaves the job until somebody resumes it. */
    pauseRequested: boolean().default(false),
    runId: optional.ref<Ids.RunId>(() => run.id),
    campaignId: optional.ref<Ids.CampaignId>(() => campaign.id),
    createdById: optional.ref<Ids.UserId>(() => user.id),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [unique("job_key").on(t.key), index("job_status").on(t.status, t.priority, t.createdAt)],
);

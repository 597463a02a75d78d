import type * as Ids from "../domain/ids";
import type { QualityReport } from "../domain/quality/report";
import type { Action, Measure } from "../domain/quality/rules";
import {
  boolean,
  createdAt,
  id,
  index,
  integer,
  json,
  optional,
  ref,
  table,
  text,
  timestamp,
  unique,
} from "./kit";
import { campaign, task, user } from "./schema";

/** A task whose order is known: labelers get it among the others, beyond its `overlap`, and cannot tell. */
export const gold = table(
  "gold",
  {
    id: id<Ids.GoldId>(),
    taskId: ref<Ids.TaskId>(() => task.id),
    campaignId: ref<Ids.CampaignId>(() => campaign.id),
    /** Tie groups, best first: what is in one group, or left out, expects nothing. */
    expected: json<Ids.CompletionId[][]>(),
    /** Why so, in words for whoever got it wrong in a quiz. */
    explanation: optional.text(),
    /** Seen by so many that word of it may go round; or taken out by an admin. */
    retiredAt: optional.timestamp(),
    createdById: optional.ref<Ids.UserId>(() => user.id),
    createdAt: createdAt(),
  },
  (t) => [unique("gold_task").on(t.taskId), index("gold_campaign").on(t.campaignId)],
);

/** An expert's order of a task on which labelers differ: it teaches in their stead, and theirs are kept. */
export const adjudication = table(
  "adjudication",
  {
    id: id<Ids.AdjudicationId>(),
    taskId: ref<Ids.TaskId>(() => task.id),
    reviewerId: ref<Ids.UserId>(() => user.id),
    groups: json<Ids.CompletionId[][]>(),
    notRankable: json<Ids.CompletionId[]>(),
    reason: text(),
    createdAt: createdAt(),
  },
  (t) => [unique("adjudication_task").on(t.taskId)],
);

/** What a labeler is told of their work in a campaign; an open "pause" keeps tasks from them. */
export const notice = table(
  "notice",
  {
    id: id<Ids.NoticeId>(),
    campaignId: ref<Ids.CampaignId>(() => campaign.id),
    labelerId: ref<Ids.UserId>(() => user.id),
    /** What was measured; "person" when an admin says so. */
    measure: text<Measure | "person">(),
    action: text<Action>(),
    value: optional.real(),
    threshold: optional.real(),
    /** Rankings that it rests on. */
    rankings: integer(),
    /** An admin's words. */
    note: optional.text(),
    createdById: optional.ref<Ids.UserId>(() => user.id),
    createdAt: createdAt(),
    /** When the labeler read it. */
    seenAt: optional.timestamp(),
    resolvedAt: optional.timestamp(),
    resolvedById: optional.ref<Ids.UserId>(() => user.id),
  },
  (t) => [index("notice_labeler").on(t.labelerId, t.campaignId)],
);

/** How a campaign's labelers work, as last measured. */
export const quality = table("quality", {
  campaignId: ref<Ids.CampaignId>(() => campaign.id).primaryKey(),
  report: json<QualityReport>(),
  measuredAt: timestamp(),
  /** Measured after the campaign was closed: there is nothing to measure until it opens again. */
  final: boolean().default(false),
});

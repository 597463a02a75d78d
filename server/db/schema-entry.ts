import type * as Ids from "../domain/ids";
import {
  boolean,
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
} from "./kit";
import { campaign, task, user } from "./schema";

/** What a person answered before they entered a campaign, and whether it lets them in. */
export const screening = table(
  "screening",
  {
    campaignId: ref<Ids.CampaignId>(() => campaign.id),
    userId: ref<Ids.UserId>(() => user.id),
    /** By the question's id. */
    answers: json<Record<string, string>>(),
    accepted: boolean(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.campaignId, t.userId] })],
);

/** One attempt at a campaign's qualification quiz. */
export const quiz = table(
  "quiz",
  {
    id: id<Ids.QuizId>(),
    campaignId: ref<Ids.CampaignId>(() => campaign.id),
    userId: ref<Ids.UserId>(() => user.id),
    /** As the campaign asked when it began. */
    items: integer(),
    passMark: real(),
    /** Items ordered as expected; absent until the last is answered. */
    right: optional.integer(),
    passed: optional.boolean(),
    createdAt: createdAt(),
    endedAt: optional.timestamp(),
  },
  (t) => [index("quiz_user").on(t.userId, t.campaignId)],
);

/** One gold task of an attempt: how it was shown, and how it was ordered. */
export const quizItem = table(
  "quiz_item",
  {
    quizId: ref<Ids.QuizId>(() => quiz.id),
    place: integer(),
    userId: ref<Ids.UserId>(() => user.id),
    taskId: ref<Ids.TaskId>(() => task.id),
    shownOrder: json<Ids.CompletionId[]>(),
    groups: optional.json<Ids.CompletionId[][]>(),
    right: optional.boolean(),
  },
  (t) => [
    primaryKey({ columns: [t.quizId, t.place] }),
    index("quiz_item_user").on(t.userId, t.taskId),
  ],
);

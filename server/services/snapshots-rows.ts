import type { Reader } from "../db/client";
import { adjudicationsOf } from "../db/queries/consensus";
import type { ComparisonRow } from "../db/queries/comparison";
import { completionTexts, rankedPrompts, rankingsOfPrompts } from "../db/queries/snapshot";
import { kwiseRowOf } from "../domain/formats/kwise";
import type { JsonObject } from "../domain/formats/row";
import type { CampaignId, CompletionId, ModelId, PromptId, TaskId } from "../domain/ids";
import type { KeptRatings } from "../domain/ratings-schema";
import { heldOutBorder, positionOf, splitOf } from "./snapshots-split";
import type { Tally } from "./snapshots-tally";

/** Prompts fetched together: what bounds the memory of a snapshot of any size. */
const pageSize = 100;

interface RowsWanted {
  readonly campaignId: CampaignId;
  readonly includeSimulated: boolean;
  /** Rankings after this moment belong to the next snapshot. */
  readonly until: Date;
  /** What a labeler's rankings weigh in training, 0 to 1; all the same where it is left out. */
  readonly weightOf?: (labelerId: string) => number;
}

async function* promptPages(read: Reader, wanted: RowsWanted, size = pageSize) {
  let after: PromptId | null = null;
  for (;;) {
    const page: Awaited<ReturnType<typeof rankedPrompts>> = await rankedPrompts(
      read,
      wanted,
      after,
      size,
    );
    if (page.length > 0) yield page;
    if (page.length < size) return;
    after = page.at(-1)!.id;
  }
}

/** Below which position a prompt's rankings judge instead of teach; one pass over the prompts. */
export async function borderOf(read: Reader, wanted: RowsWanted): Promise<number> {
  const positions: number[] = [];
  for await (const page of promptPages(read, wanted))
    for (const prompt of page) positions.push(positionOf(prompt.text));
  return heldOutBorder(positions);
}

/**
 * The rankings of a campaign as K-wise rows in one fixed order (prompt, task, ranking), so that the
 * same rankings always give the same bytes. Labelers appear by id alone.
 * @param size prompts fetched together
 * @param tally sees every row given; `identical` counts those left out because all texts are one
 */
export async function* snapshotRows(
  read: Reader,
  wanted: RowsWanted,
  border: number,
  tally: Tally,
  leftOut: { identical: number },
  size?: number,
): AsyncGenerator<object> {
  for await (const prompts of promptPages(read, wanted, size)) {
    const byId = new Map(prompts.map((prompt) => [prompt.id, prompt]));
    const rankings = await rankingsOfPrompts(read, wanted, [...byId.keys()]);
    const completions = await completionsOf(
      read,
      rankings.flatMap((ranking) => ranking.completionIds),
    );
    const experts = await expertsOf(read, wanted, rankings);
    for (const [index, ranking] of rankings.entries()) {
      const prompt = byId.get(ranking.promptId)!;
      const ranked = ranking.completionIds.map((id) => completions.get(id)!);
      // An order of one text repeated says nothing, and readers of the format reject it.
      if (new Set(ranked.map((completion) => completion.text.trim())).size < 2) {
        leftOut.identical++;
        continue;
      }
      const split = splitOf(prompt, border);
      tally.add({ ...ranking, split });
      tally.answeredBy(
        ranking.round,
        ranked.map(({ model }) => model ?? null),
      );
      const expert = experts.get(ranking.taskId);
      // an expert's order teaches in the stead of the votes, which stay in the data
      const weight = expert ? 0 : round3(wanted.weightOf?.(ranking.labelerId) ?? 1);
      const unplaced = ranking.groups.length === 0 && ranking.notRankable.length === 0;
      yield kwiseRowOf({
        id: ranking.id,
        prompt: prompt.text,
        completions: ranked,
        groups: ranking.groups,
        notRankable: unplaced ? ranking.completionIds : ranking.notRankable,
        labeler: ranking.labelerId,
        createdAt: ranking.createdAt.toISOString(),
        extra: {
          simulated: ranking.simulated,
          split,
          round: ranking.round,
          prompt_id: ranking.promptId,
          task_id: ranking.taskId,
          none_acceptable: ranking.noneAcceptable,
          seconds: ranking.seconds,
          ...(ranking.comparison === null ? {} : { comparison: comparisonOf(ranking.comparison) }),
          ...(ranking.guidelinesVersion === null
            ? {}
            : { guidelines_version: ranking.guidelinesVersion }),
          ...(weight === 1 ? {} : { weight }),
          ...(ranking.comment ? { comment: ranking.comment } : {}),
          ...(ranking.ratings === null ? {} : ratingsOf(ranking.ratings)),
        },
      });
      if (!expert || rankings[index + 1]?.taskId === ranking.taskId) continue;
      tally.addExpert({ ...ranking, ...expert, labelerId: expert.reviewerId, split });
      yield kwiseRowOf({
        id: expert.id,
        prompt: prompt.text,
        completions: ranked,
        groups: expert.groups,
        notRankable: expert.notRankable,
        labeler: expert.reviewerId,
        createdAt: expert.createdAt.toISOString(),
        extra: {
          simulated: false,
          split,
          round: ranking.round,
          prompt_id: ranking.promptId,
          task_id: ranking.taskId,
          none_acceptable: false,
          adjudicated: true,
          comment: expert.reason,
        },
      });
    }
  }
}

const round3 = (weight: number): number => Math.round(weight * 1000) / 1000;

/** The expert's order of each task that has one by then. */
async function expertsOf(
  read: Reader,
  { until }: RowsWanted,
  rankings: readonly { taskId: TaskId }[],
) {
  const taskIds = [...new Set(rankings.map(({ taskId }) => taskId))];
  const rows = await adjudicationsOf(read, taskIds);
  return new Map(rows.filter((row) => row.createdAt <= until).map((row) => [row.taskId, row]));
}

/** What a comparison says beyond its order: the sides, and the point of the scale (below zero: the left one). */
const comparisonOf = (row: Said): JsonObject => ({
  left: row.leftId,
  right: row.rightId,
  preference: row.preference,
  steps: row.steps,
});
type Said = Pick<ComparisonRow, "leftId" | "rightId" | "preference" | "steps">;

/** What was said besides the order: by the completion's id, and of the task. */
function ratingsOf({ each, answers }: KeptRatings): JsonObject {
  const ofEach = Object.entries(each).map(([id, { reason, ...rating }]) => [
    id,
    { ...rating, ...(reason && { cannot_judge: reason }) },
  ]);
  return {
    ...(ofEach.length > 0 && { ratings: Object.fromEntries(ofEach) }),
    ...(Object.keys(answers).length > 0 && { answers }),
  };
}

/** Completions as the format has them. A list in SQL is bounded, so they come in portions. */
async function completionsOf(read: Reader, ids: readonly CompletionId[]) {
  const distinct = [...new Set(ids)];
  const found = new Map<CompletionId, { id: string; text: string; model?: ModelId }>();
  for (let at = 0; at < distinct.length; at += 500) {
    for (const row of await completionTexts(read, distinct.slice(at, at + 500)))
      found.set(row.id, {
        id: row.id,
        text: row.text,
        ...(row.modelId === null ? {} : { model: row.modelId }),
        ...(row.origin === null ? {} : { origin: row.origin }),
        ...(row.demonstrationId === null ? {} : { demonstration: row.demonstrationId }),
        ...(row.seed === null ? {} : { params: { ...row.params, seed: row.seed } }),
      });
  }
  return found;
}

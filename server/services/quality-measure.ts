import type { Reader } from "../db/client";
import { findCampaign } from "../db/queries/campaign";
import { insertNotices, noticesOf } from "../db/queries/notice";
import {
  expectedOrders,
  hasRankingSince,
  keepReport,
  latestRankings,
  measuredCampaigns,
  reportOf,
  textLengths,
  usersById,
} from "../db/queries/quality";
import { write } from "../db/write";
import type { CampaignId, CompletionId, UserId } from "../domain/ids";
import { qualityOptionsOf } from "../domain/quality/options";
import {
  earlierLabelers,
  measuredRankings,
  type QualityReport,
  qualityReport,
  type ReportTask,
} from "../domain/quality/report";
import { findings, newFindings } from "../domain/quality/rules";
import type { Services } from "./context";

/** A campaign's latest rankings, task by task in the order in which they were made. */
async function reportTasks(db: Reader, campaignId: CampaignId): Promise<ReportTask[]> {
  const rows = (await latestRankings(db, campaignId, measuredRankings)).reverse();
  const expected = await expectedOrders(db, campaignId);
  const lengths = await textLengths(db, [...new Set(rows.flatMap((row) => row.completionIds))]);
  const tasks = new Map<string, ReportTask & { rankings: ReportTask["rankings"][number][] }>();
  for (const row of rows) {
    const index = new Map(row.completionIds.map((id, i) => [id, i]));
    const numbers = (ids: readonly CompletionId[]) => ids.flatMap((id) => index.get(id) ?? []);
    const gold = expected.get(row.taskId);
    const task = tasks.get(row.taskId) ?? {
      id: row.taskId,
      items: row.completionIds.length,
      rankings: [],
      expected: gold ? gold.map(numbers) : null,
    };
    task.rankings.push({
      task: row.taskId,
      labeler: row.labelerId,
      groups: row.groups.map(numbers),
      shown: numbers(row.shownOrder),
      lengths: row.completionIds.map((id) => lengths.get(id) ?? 0),
      seconds: row.seconds,
    });
    tasks.set(row.taskId, task);
  }
  return [...tasks.values()];
}

/**
 * Measures how a campaign's labelers work, keeps it, and tells those whose work breaks a rule. Measured
 * again without new rankings it says nothing new.
 */
export async function measureQuality(
  { db }: Services,
  campaignId: CampaignId,
): Promise<QualityReport> {
  const measuredAt = new Date();
  const measured = qualityReport(await reportTasks(db.read, campaignId));
  const before = (await reportOf(db.read, campaignId))?.report;
  const report = { ...measured, earlier: earlierLabelers(before, measured) };
  const labelers = report.labelers.map(({ labeler }) => labeler as UserId);
  const people = await usersById(db.read, labelers);
  await write(db, async (tx) => {
    const campaign = await findCampaign(tx, campaignId);
    if (!campaign) return;
    await keepReport(tx, campaignId, { report, measuredAt, final: campaign.status === "closed" });
    const { rules } = qualityOptionsOf(campaign.config);
    const notices = await noticesOf(tx, campaignId);
    const news = report.labelers.flatMap((own) => {
      // a program does not read what it is told
      if (people.get(own.labeler)?.simulated !== false) return [];
      const earlier = notices
        .filter((row) => row.labelerId === own.labeler)
        .map((row) => {
          return { measure: row.measure, n: row.rankings, resolved: row.resolvedAt !== null };
        });
      return newFindings(findings(own, rules), earlier, rules).map(({ n, ...finding }) => {
        const about = { rankings: n, campaignId, labelerId: own.labeler as UserId };
        return Object.assign(finding, about);
      });
    });
    await insertNotices(tx, news);
  });
  return report;
}

/** Measures every campaign that was ranked in since it was measured last. */
export async function measureWhatIsNew(ctx: Services): Promise<void> {
  for (const { id, status, measuredAt } of await measuredCampaigns(ctx.db.read))
    if (status === "closed" || (await hasRankingSince(ctx.db.read, id, measuredAt)))
      await measureQuality(ctx, id);
}

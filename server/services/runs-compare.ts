import { z } from "zod";
import { mostCompared } from "../domain/compared-runs";
import { zRunId, type RunId } from "../domain/ids";
import { type Actor, requireRole, type Services } from "./context";
import { getRun, runMetrics } from "./runs-view";

export const zCompareRuns = z.object({ ids: z.array(zRunId).min(2).max(mostCompared) });

/** Some runs with all that they measured, in the order asked for. @throws AppError not-found */
export async function compareRuns(
  ctx: Services,
  actor: Actor,
  { ids }: z.infer<typeof zCompareRuns>,
) {
  requireRole(actor, "researcher");
  return await Promise.all(
    [...new Set(ids)].map(async (id) => ({
      run: await getRun(ctx, actor, { id }),
      rows: await allMetrics(ctx, actor, id),
    })),
  );
}

async function allMetrics(ctx: Services, actor: Actor, id: RunId) {
  const all = [];
  for (let after = -1, more = true; more;) {
    const page = await runMetrics(ctx, actor, { id, after });
    all.push(...page.rows);
    more = page.more;
    after = all.at(-1)?.step ?? after;
  }
  return all;
}

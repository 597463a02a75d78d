import { pool, promptAgreement, rankAlpha } from "../agreement/agreement";
import { rate } from "../agreement/pairwise";
import type { Groups } from "../agreement/rank-vector";
import { crowdPrompt } from "../aggregation/consensus";
import { crowdBradleyTerry } from "../aggregation/crowd-bt";
import { seededUniform } from "../sorter/random";
import { clusterBootstrap, mean } from "../statistics/clustered";
import type { Interval } from "../statistics/proportion";
import { type AgreementWithOthers, agreementWithOthers } from "./agreement-with-others";
import { expectedPairs, type GoldAccuracy, goldAccuracy } from "./gold-accuracy";
import type { LabeledTask, Tested } from "./labeled-task";
import { lengthBias, longerWins, type SharedTask } from "./length-bias";
import { positionBias } from "./position-bias";
import { type Speed, speed } from "./speed";
import { type StraightLining, straightLining } from "./straight-lining";
import { labelerWeights } from "./weights";

/** A task with all that was ranked of it, oldest ranking first. */
export interface ReportTask {
  readonly id: string;
  /** completions are numbered 0 to items − 1 */
  readonly items: number;
  readonly rankings: readonly LabeledTask[];
  /** tie groups, best first, where the order is known */
  readonly expected: Groups | null;
}

/** What is known of how one labeler works. */
export interface LabelerReport {
  readonly labeler: string;
  readonly rankings: number;
  readonly gold: GoldAccuracy;
  readonly agreement: AgreementWithOthers;
  readonly speed: Speed;
  readonly position: Tested;
  readonly length: Tested;
  /** share of decided comparisons that the longer one wins, less those it loses: no fault by itself */
  readonly longerWins: number | null;
  readonly straight: StraightLining;
  /** η of crowd-BT: how often they say what the strengths say they see; null where nobody shares their tasks */
  readonly reliability: number | null;
  /** comparisons that `reliability` rests on */
  readonly comparisons: number;
  /** of their rankings in reward training, 1 = full */
  readonly weight: number;
}

/** How a campaign's labelers agree, together and each. */
/** Of a campaign's latest: how labelers work now, not how they worked a year ago; what is measured in a second or two. */
export const measuredRankings = 10_000;

export interface QualityReport {
  readonly tasks: number;
  /** ranked by two labelers or more */
  readonly shared: number;
  readonly rankings: number;
  readonly alpha: number | null;
  readonly pairwise: number | null;
  readonly pairwiseInterval: Interval | null;
  readonly tau: number | null;
  readonly w: number | null;
  /** share of comparisons that are ties */
  readonly ties: number | null;
  readonly labelers: readonly LabelerReport[];
  /** What those weighed when they were measured last whose rankings are no longer among the measured ones. */
  readonly earlier?: readonly Pick<LabelerReport, "labeler" | "weight">[];
}

/** Whose rankings were measured before and are not any more, with their weights of then. */
export function earlierLabelers(
  before: QualityReport | undefined,
  now: QualityReport,
): QualityReport["earlier"] {
  const here = new Set(now.labelers.map(({ labeler }) => labeler));
  return [...(before?.labelers ?? []), ...(before?.earlier ?? [])]
    .filter(({ labeler }) => !here.has(labeler))
    .map(({ labeler, weight }) => ({ labeler, weight }));
}

/** @param tasks in the order in which they were ranked: straight-lining looks at neighbours */
export function qualityReport(tasks: readonly ReportTask[]): QualityReport {
  const orders = tasks.map(({ items, rankings }) => ({
    items,
    orders: rankings.map(({ labeler, groups, shown }) => ({ labeler, groups, shown })),
  }));
  const shared = orders.filter(({ orders }) => orders.length > 1);
  const agreements = shared.map(promptAgreement);
  const pooled = pool(agreements);
  const pairwise = rate(pooled.pairs.agree, pooled.pairs.compared);
  const bootstrap = clusterBootstrap(
    agreements.map(({ pairs: { agree, compared } }) => ({ total: agree, weight: compared })),
    seededUniform("campaign"),
  );
  const reliability = reliabilities(shared);
  const tiedShare = allTiedShare(tasks);
  const works = byLabeler(tasks);
  const weights = labelerWeights(reliability);
  return {
    tasks: tasks.length,
    shared: shared.length,
    rankings: tasks.reduce((sum, { rankings }) => sum + rankings.length, 0),
    alpha: rankAlpha(pooled, "ordinal"),
    pairwise,
    pairwiseInterval: bootstrap?.interval ?? null,
    tau: pooled.taus.length === 0 ? null : mean(pooled.taus),
    w: pooled.ws.length === 0 ? null : mean(pooled.ws),
    ties: rate(pooled.ties, pooled.votes),
    labelers: [...works].map(([labeler, work]) =>
      Object.assign(reportOf(labeler, work, { pairwise, tiedShare }), {
        labeler,
        rankings: work.length,
        reliability: reliability.get(labeler)?.reliability ?? null,
        comparisons: reliability.get(labeler)?.comparisons ?? 0,
        weight: weights(labeler),
      }),
    ),
  };
}

/** One ranking of a labeler, with the task it is of. */
interface Work {
  readonly own: LabeledTask;
  readonly task: ReportTask;
}

function byLabeler(tasks: readonly ReportTask[]): Map<string, Work[]> {
  const works = new Map<string, Work[]>();
  for (const task of tasks) {
    for (const own of task.rankings) {
      const work = works.get(own.labeler) ?? [];
      work.push({ own, task });
      works.set(own.labeler, work);
    }
  }
  return works;
}

function reportOf(
  labeler: string,
  work: readonly Work[],
  usual: { pairwise: number | null; tiedShare: number },
) {
  const own = work.map((one) => one.own);
  const others = ({ own, task }: Work) => task.rankings.filter((one) => one !== own);
  const shared = work.map((one): SharedTask => {
    return { own: one.own, others: others(one).map(({ groups }) => groups) };
  });
  return {
    gold: goldAccuracy(
      work.flatMap(({ own, task }) =>
        task.expected === null
          ? []
          : [{ expected: expectedPairs(task.expected), groups: own.groups }],
      ),
    ),
    agreement: agreementWithOthers(shared, usual.pairwise, seededUniform(`others of ${labeler}`)),
    speed: speed(
      work.map((one) => {
        return { own: one.own, otherSeconds: others(one).map(({ seconds }) => seconds) };
      }),
    ),
    position: positionBias(own),
    length: lengthBias(shared),
    longerWins: longerWins(own),
    straight: straightLining(own, usual.tiedShare),
  };
}

/** How often everybody together ties everything: a share of 0 would make one such ranking a crime. */
function allTiedShare(tasks: readonly ReportTask[]): number {
  const all = tasks.flatMap(({ rankings }) => rankings);
  const tied = all.filter(({ groups }) => groups.length === 1 && groups[0].length > 1).length;
  return (tied + 1) / (all.length + 2);
}

/** Crowd-BT over the tasks that several labelers ranked: alone, nobody can be told from the truth. */
function reliabilities(shared: readonly Parameters<typeof promptAgreement>[0][]) {
  const numbers = new Map<string, number>();
  const numberOf = (labeler: string): number => {
    const found = numbers.get(labeler) ?? numbers.size;
    numbers.set(labeler, found);
    return found;
  };
  const prompts = shared.map(({ orders, items }) => crowdPrompt(orders, items, numberOf));
  const fit = crowdBradleyTerry(prompts, numbers.size);
  const comparisons = new Float64Array(numbers.size);
  for (const { observations } of prompts) {
    for (const { labeler, weight = 1 } of observations) comparisons[labeler] += weight;
  }
  return new Map(
    [...numbers].map(([labeler, i]) => [
      labeler,
      { reliability: fit.reliability[i], comparisons: comparisons[i] },
    ]),
  );
}

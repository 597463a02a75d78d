import { orderedPairs, tiedPairs } from "../domain/formats/pairs";
import type { ModelId } from "../domain/ids";
import type { SnapshotCounts, SplitCounts } from "../domain/snapshot-counts";
import type { Split } from "./snapshots-split";

/** What the tally must see of a ranking. */
export interface Tallied {
  readonly promptId: string;
  readonly taskId: string;
  readonly labelerId: string;
  readonly split: Split;
  readonly completionIds: readonly string[];
  readonly groups: readonly (readonly string[])[];
  readonly noneAcceptable: boolean;
  readonly simulated: boolean;
  readonly createdAt: Date;
}

/**
 * Counts rankings as they stream by, in the order prompt, task. Memory grows with labelers and with
 * one task's rankings, not with the data.
 */
export class Tally {
  private readonly sides: Record<Split, SplitCounts> = {
    train: { prompts: 0, rankings: 0, comparisons: 0 },
    heldout: { prompts: 0, rankings: 0, comparisons: 0 },
  };
  private readonly labelers = new Set<string>();
  private promptId: string | null = null;
  private taskId: string | null = null;
  private orders: Map<string, string>[] = [];
  private promptCompletions = new Set<string>();
  private tasks = 0;
  private completions = 0;
  private ties = 0;
  private simulated = 0;
  private noneAcceptable = 0;
  private agreeing = 0;
  private shared = 0;
  /** Models whose answers were ranked, by the number of the round. */
  private readonly answering = new Map<number, Set<ModelId>>();
  private from: Date | null = null;
  private to: Date | null = null;

  add(ranking: Tallied): void {
    this.compare(this.count(ranking));
  }

  /** An expert's order of the same task: in the data, and no part of how labelers agree. */
  addExpert(ranking: Tallied): void {
    this.count(ranking);
  }

  /** Notes whose answers a ranking put in order; null: no model's. */
  answeredBy(round: number, modelIds: readonly (ModelId | null)[]): void {
    const models = this.answering.get(round) ?? new Set();
    this.answering.set(round, models);
    for (const id of modelIds) if (id !== null) models.add(id);
  }

  /** Every model whose answers were ranked, by round. */
  models(): { round: number; id: ModelId }[] {
    return [...this.answering]
      .toSorted(([a], [b]) => a - b)
      .flatMap(([round, ids]) => [...ids].map((id) => ({ round, id })));
  }

  /** @returns the pairs that it puts in order */
  private count(ranking: Tallied) {
    const side = this.sides[ranking.split];
    if (ranking.promptId !== this.promptId) {
      this.promptId = ranking.promptId;
      side.prompts++;
      this.completions += this.promptCompletions.size;
      this.promptCompletions = new Set();
    }
    if (ranking.taskId !== this.taskId) {
      this.taskId = ranking.taskId;
      this.tasks++;
      this.orders = [];
    }
    for (const id of ranking.completionIds) this.promptCompletions.add(id);
    const pairs = orderedPairs(ranking.groups);
    side.rankings++;
    side.comparisons += pairs.length;
    this.ties += tiedPairs(ranking.groups).length;
    this.labelers.add(ranking.labelerId);
    if (ranking.simulated) this.simulated++;
    if (ranking.noneAcceptable) this.noneAcceptable++;
    if (!this.from || ranking.createdAt < this.from) this.from = ranking.createdAt;
    if (!this.to || ranking.createdAt > this.to) this.to = ranking.createdAt;
    return pairs;
  }

  /** Against every earlier ranking of this task: a strict order of both is agreed on, or it is not. */
  private compare(pairs: readonly (readonly [string, string])[]): void {
    const order = new Map(pairs.map(([better, worse]) => [pairKey(better, worse), better]));
    for (const other of this.orders)
      for (const [key, better] of order) {
        const theirs = other.get(key);
        if (theirs === undefined) continue;
        this.shared++;
        if (theirs === better) this.agreeing++;
      }
    this.orders.push(order);
  }

  counts(leftOut: SnapshotCounts["leftOut"]): SnapshotCounts {
    const { train, heldout } = this.sides;
    return {
      rankings: train.rankings + heldout.rankings,
      prompts: train.prompts + heldout.prompts,
      tasks: this.tasks,
      completions: this.completions + this.promptCompletions.size,
      comparisons: train.comparisons + heldout.comparisons,
      ties: this.ties,
      labelers: this.labelers.size,
      simulated: this.simulated,
      noneAcceptable: this.noneAcceptable,
      train: { ...train },
      heldout: { ...heldout },
      leftOut,
      agreement:
        this.shared === 0 ? null : { pairs: this.shared, share: this.agreeing / this.shared },
      from: this.from?.toISOString() ?? null,
      to: this.to?.toISOString() ?? null,
    };
  }
}

function pairKey(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

import { AppError } from "../../domain/app-error";
import { pairsAmong, type Weighed } from "./formulas/kwise";
import { tieParameter } from "./formulas/ties";
import type { RewardConfig } from "./reward-config";
import type { RankedRows } from "./reward-graph";

/** θ or ν of a run: the one asked for, or by how often its rankings tie. */
export function tiesOf(
  { ties, tieParameter: asked }: RewardConfig,
  rankings: readonly RankedRows[],
) {
  if (ties === "drop") return null;
  const count = (of: (ranking: RankedRows) => number) => rankings.reduce((n, r) => n + of(r), 0);
  const tied = count((ranking) => ranking.ties?.length ?? 0);
  const all = tied + count(({ pairs }) => pairs.length);
  return { model: ties, parameter: asked ?? tieParameter(ties, tied / all) };
}

/** A ranking as the loss counts it: by its pairs, ties that are modelled too, or listwise by its stages. */
export function weighed(
  { rows, pairs, ties = [], stages = [], weight }: RankedRows,
  loss: RewardConfig["loss"],
): Weighed {
  const k = rows.length;
  return loss === "pairwise"
    ? { weight, pairs: pairs.length + ties.length, most: pairsAmong(k) }
    : { weight, pairs: stages.length, most: k - 1 };
}

/** @throws bad-input for options of which one would silently do nothing */
export function requireOneLoss({
  loss,
  ties,
  margin,
  labelSmoothing,
  tieParameter: asked,
}: RewardConfig) {
  const refuse = (what: string) => {
    throw new AppError("bad-input", `the reward config cannot have ${what}`);
  };
  const alone = loss === "plackett-luce" ? 'loss "plackett-luce"' : `ties "${ties}"`;
  if (loss === "plackett-luce" && ties !== "drop")
    refuse(`${alone} and ties "${ties}": a model of ties is one of pairs; leave one of them out`);
  if (loss === "plackett-luce" || ties !== "drop") {
    if (margin > 0)
      refuse(`${alone} and a margin, which is one of pairs without ties; set it to 0`);
    if (labelSmoothing > 0)
      refuse(`${alone} and labelSmoothing, which is one of pairs without ties; set it to 0`);
  }
  if (asked !== null && ties === "rao-kupper" && asked <= 1)
    refuse(`tieParameter ${asked}: Rao and Kupper's θ is above 1`);
}

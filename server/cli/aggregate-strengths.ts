import { squareOf } from "../domain/aggregation/ballots";
import { bradleyTerry } from "../domain/aggregation/bradley-terry";
import { crowdPrompt } from "../domain/aggregation/consensus";
import { crowdBradleyTerry, type CrowdPrompt } from "../domain/aggregation/crowd-bt";
import { plackettLuce } from "../domain/aggregation/plackett-luce";
import { isAnonymous, type LabeledPrompt } from "./labeled-file";
import type { Output } from "./output";

export const MODELS = ["crowd-bt", "bradley-terry", "plackett-luce"] as const;
export type StrengthModel = (typeof MODELS)[number];

/** Few rankings leave strengths without a finite maximum: less 0.1·Σs² they have one. */
const PENALTY = 0.1;

export interface FittedStrengths {
  /** of each prompt, in order of its items; the model of Plackett and Luce gives no errors */
  readonly strengths: readonly {
    readonly strengths: readonly number[];
    readonly errors: readonly number[] | null;
  }[];
  /** of crowd-BT */
  readonly labelers: readonly {
    readonly labeler: string;
    readonly reliability: number;
    readonly comparisons: number;
  }[];
}

export function fitStrengths(
  prompts: readonly LabeledPrompt[],
  model: StrengthModel,
  output: Output,
): FittedStrengths {
  if (model === "plackett-luce") {
    const strengths = prompts.map(({ ids, orders }) => {
      const rankings = orders.map(({ groups }) => groups);
      return { strengths: plackettLuce(rankings, ids.length, PENALTY)!.strengths, errors: null };
    });
    return { strengths, labelers: [] };
  }
  const labelers = new Map<string, number>();
  // whoever is not named is one labeler of middling reliability: nothing can be learnt of each
  const numberOf = (labeler: string): number => {
    const name = isAnonymous(labeler) ? "" : labeler;
    const found = labelers.get(name) ?? labelers.size;
    labelers.set(name, found);
    return found;
  };
  const crowd = prompts.map(({ ids, orders }) => crowdPrompt(orders, ids.length, numberOf));
  if (model === "bradley-terry") {
    const strengths = crowd.map((prompt) => {
      const fit = bradleyTerry(winsOf(prompt), PENALTY)!;
      return { strengths: fit.strengths, errors: fit.standardErrors };
    });
    return { strengths, labelers: [] };
  }
  const fit = crowdBradleyTerry(crowd, labelers.size, {
    penalty: PENALTY,
    onIteration: (iteration, change) => {
      if (prompts.length > 1000 && iteration % 10 === 0) {
        output.note(
          `crowd-BT, iteration ${iteration}: reliability moves by ${change.toExponential(1)}`,
        );
      }
    },
  });
  if (!fit.converged) output.warn("crowd-BT has not settled: its reliabilities still move");
  const comparisons = new Float64Array(labelers.size);
  for (const { observations } of crowd) {
    for (const { labeler, weight = 1 } of observations) comparisons[labeler] += weight;
  }
  return {
    strengths: fit.strengths.map((strengths, i) => {
      return { strengths, errors: fit.standardErrors[i] };
    }),
    labelers: [...labelers].flatMap(([labeler, i]) =>
      labeler === ""
        ? []
        : [{ labeler, reliability: fit.reliability[i], comparisons: comparisons[i] }],
    ),
  };
}

function winsOf({ items, observations }: CrowdPrompt): number[][] {
  const wins = squareOf(items, () => 0);
  for (const { winner, loser, weight = 1 } of observations) wins[winner][loser] += weight;
  return wins;
}

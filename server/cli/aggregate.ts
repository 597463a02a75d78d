import { type Command, Option } from "commander";
import { consensusOf } from "../domain/aggregation/consensus";
import { noteAnonymous } from "./agreement";
import { fitStrengths, MODELS, type StrengthModel } from "./aggregate-strengths";
import { type LabeledPrompt, readLabeled, type Selection } from "./labeled-file";
import { type CommonFlags, idleOptions, examples } from "./options";
import { createOutput, short } from "./output";

interface Flags extends CommonFlags, Pick<Selection, "only"> {
  readonly model: StrengthModel;
}

export function aggregateCommand(program: Command): void {
  const command = program
    .command("aggregate")
    .description("one order out of the rankings of several labelers, with what stays open in it")
    .argument("<file>", "rankings of several labelers: K-wise rows or pairs, .gz too")
    .option("--only <field=value>", "leave out rows that have another value there")
    .addOption(
      new Option("--model <name>", "of the strengths").choices(MODELS).default("crowd-bt"),
    );
  examples(
    idleOptions(command),
    `
Of each prompt, with completions by their ids:
  strengths     of crowd-BT: Bradley–Terry with a reliability for each labeler, learnt from the
                whole file; log-odds, sum 0 (--model bradley-terry or plackett-luce: without)
  order         Kemeny's, exact up to 14 completions: least disagreement with the rankings.
                Completions share a group where several orders are equally good
  ranked_pairs  winners and the majorities kept; where equal margins leave a choice, every one
  cycles        completions whose majorities go round; tied: pairs compared without a majority;
                uncompared: pairs that nobody compared
Nothing is settled by the order of ids or rows.
Example:
  $ revealed aggregate rankings.jsonl.gz
  $ revealed aggregate rankings.jsonl.gz --json > consensus.json`,
  ).action(async (file: string, flags: Flags) => {
    const output = createOutput(flags);
    const data = await readLabeled(file, flags, output);
    noteAnonymous(file, data, output);
    const ranked = data.prompts.filter(({ ids }) => ids.length > 1);
    const fit = fitStrengths(ranked, flags.model, output);
    const prompts = ranked.map((prompt, i) => {
      if (ranked.length > 1000) output.progress(i + 1, ranked.length);
      return promptResult(prompt, fit.strengths[i]);
    });
    const count = (of: (prompt: (typeof prompts)[number]) => boolean) => prompts.filter(of).length;
    const summary = {
      settled: count(({ settled }) => settled),
      with_cycles: count(({ cycles }) => cycles.length > 0),
      with_ties: count(({ tied }) => tied.length > 0),
    };
    const { labelers } = fit;
    output.result({ prompts, labelers, model: flags.model, ...summary }, [
      ...prompts.slice(0, 20).map(promptLine),
      ...(prompts.length > 20 ? [`… and ${short(prompts.length - 20)} more (--json has all)`] : []),
      `${short(prompts.length)} prompts: ${short(summary.settled)} settled, ${short(summary.with_cycles)} with a cycle of majorities, ${short(summary.with_ties)} with a tie`,
      ...labelerLines(labelers),
    ]);
  });
}

type Fitted = ReturnType<typeof fitStrengths>;

function promptResult(
  { prompt, ids, orders }: LabeledPrompt,
  { strengths, errors }: Fitted["strengths"][number],
) {
  const found = consensusOf(orders, ids.length);
  const name = (item: number) => ids[item];
  const names = (lists: readonly (readonly number[])[]) => lists.map((list) => list.map(name));
  const { kemeny, rankedPairs } = found;
  return {
    prompt,
    completions: ids,
    rankings: orders.length,
    labelers: new Set(orders.map(({ labeler }) => labeler)).size,
    strengths,
    standard_errors: errors,
    order: kemeny === null ? null : names(kemeny.groups),
    settled: kemeny?.count === 1,
    kemeny:
      kemeny === null
        ? null
        : {
            disagreements: kemeny.disagreements,
            count: kemeny.count,
            // a rule with so many answers has none: the groups above say what they share
            orders: kemeny.count > kemeny.orders.length ? null : names(kemeny.orders),
          },
    ranked_pairs: {
      winners: rankedPairs.winners?.map(name) ?? null,
      relations:
        rankedPairs.relations === null || rankedPairs.relations.length > 24
          ? null
          : rankedPairs.relations.map((relation) => names(relation)),
    },
    condorcet_winner: found.condorcetWinner === null ? null : name(found.condorcetWinner),
    smith_set: found.smithSet.map(name),
    cycles: names(found.cycles),
    tied: names(found.tied),
    uncompared: names(found.uncompared),
  };
}

function promptLine({ prompt, order, cycles }: ReturnType<typeof promptResult>): string {
  const text = typeof prompt === "string" ? prompt : prompt.map(({ content }) => content).join(" ");
  const cut = (one: string, most: number) => {
    const flat = Array.from(one.replaceAll(/\s+/g, " "));
    return flat.length > most ? `${flat.slice(0, most).join("")}…` : flat.join("");
  };
  const groups = order?.map((group) => group.map((id) => cut(id, 24)).join(" = ")).join(" > ");
  const round = cycles.length === 0 ? "" : "  (a cycle)";
  return `${cut(text, 32)}: ${groups ?? "too many completions for an exact order"}${round}`;
}

function labelerLines(labelers: Fitted["labelers"]): string[] {
  if (labelers.length === 0) return [];
  const sorted = labelers.toSorted((a, b) => a.reliability - b.reliability);
  return [
    "least reliable labelers (how often they say what the strengths say they see):",
    ...sorted
      .slice(0, 5)
      .map(
        ({ labeler, reliability, comparisons }) =>
          `  ${labeler}  ${reliability.toFixed(3)} over ${short(comparisons)} comparisons`,
      ),
  ];
}

import type { Command } from "commander";
import {
  pool,
  type PromptAgreement,
  promptAgreement,
  rankAlpha,
} from "../domain/agreement/agreement";
import { kappaFromTies, type PairwiseCounts, rate } from "../domain/agreement/pairwise";
import { seededUniform } from "../domain/sorter/random";
import { clusterBootstrap, mean } from "../domain/statistics/clustered";
import { prepareOut, writeLines } from "./files";
import { type LabeledFile, type LabeledPrompt, readLabeled, type Selection } from "./labeled-file";
import { type CommonFlags, idleOptions, examples, whole } from "./options";
import { createOutput, type Output, short } from "./output";

interface Flags extends CommonFlags, Selection {
  readonly out?: string;
  readonly seed: number;
}

export function agreementCommand(program: Command): void {
  const command = program
    .command("agreement")
    .description("how far labelers agree in their rankings")
    .argument("<file>", "rankings of several labelers: K-wise rows or pairs, .gz too")
    .option("--by <field>", "also for each value of a field of the rows, such as campaign")
    .option("--only <field=value>", "leave out rows that have another value there")
    .option("--out <file.jsonl>", "write the agreement of each prompt, a line each")
    .option("--seed <n>", "of the interval's draws", whole(0), 1);
  examples(
    idleOptions(command),
    `
Rows of one prompt are put together; who ranked is in "labeler". Completions are the same where
their texts are, whatever their ids.
  alpha     Krippendorff's α of the ranks (ordinal); 1 = all the same, 0 = as by chance.
            Left-out completions are missing data
  pairwise  of all two labelers and all two completions that both ranked, the share with the same
            outcome: better, worse or tie. The interval is a bootstrap over prompts
  kappa     the same beyond chance, given how often labelers tie
  tau_b     mean Kendall τ-b of all two labelers on a prompt
  w         mean Kendall W, corrected for ties, of completions that several labelers ranked
What is undefined (one labeler, everything tied) is null.
Example:
  $ revealed agreement rankings.jsonl.gz
  $ revealed agreement rankings.jsonl.gz --by topic --out by-prompt.jsonl --json`,
  ).action(async (file: string, flags: Flags) => {
    const output = createOutput(flags);
    if (flags.out !== undefined) await prepareOut(flags.out);
    const data = await readLabeled(file, flags, output);
    noteAnonymous(file, data, output);
    const prompts = data.prompts.map(({ ids, orders }) =>
      promptAgreement({ items: ids.length, orders }),
    );
    if (flags.out !== undefined) {
      await writeLines(flags.out, promptLines(data.prompts, prompts));
      output.note(`${flags.out}: ${prompts.length} prompts`);
    }
    const of = (indices: readonly number[]) => resultOf(data, indices, prompts, flags.seed);
    const all = of(prompts.map((_, i) => i));
    const { by } = flags;
    if (by === undefined) return output.result(all, lines(all));
    const parts = [...indicesByGroup(data.prompts)].map(([value, indices]) => {
      return { value, result: of(indices) };
    });
    const groups = parts.map(({ value, result }) => Object.assign({ [by]: value }, result));
    const text = parts.map(({ value, result }) => [`${by} ${value}`, ...lines(result)].join("\n"));
    output.result({ ...all, groups }, [...lines(all), ...text.map((part) => `\n${part}`)]);
  });
}

export function noteAnonymous(file: string, { anonymous, rankings }: LabeledFile, output: Output) {
  if (anonymous === 0) return;
  output.note(
    `${file}: ${anonymous} of ${rankings} rankings name no labeler ("labeler"); each is taken for another person's`,
  );
}

function indicesByGroup(prompts: readonly LabeledPrompt[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  prompts.forEach(({ group }, i) => groups.set(group, [...(groups.get(group) ?? []), i]));
  return groups;
}

function pairwiseResult({ compared, agree, comparedNoTies, agreeNoTies }: PairwiseCounts) {
  return {
    pairwise: rate(agree, compared),
    agree,
    compared,
    pairwise_no_ties: rate(agreeNoTies, comparedNoTies),
    agree_no_ties: agreeNoTies,
    compared_no_ties: comparedNoTies,
  };
}

const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : mean(values);

/** Agreement of some prompts of a file under the names of the shell's contract. */
function resultOf(
  data: LabeledFile,
  indices: readonly number[],
  all: readonly PromptAgreement[],
  seed: number,
) {
  const own = indices.map((i) => all[i]);
  const pooled = pool(own);
  const pairs = pairwiseResult(pooled.pairs);
  const bootstrap = clusterBootstrap(
    own.map(({ pairs: { agree, compared } }) => ({ total: agree, weight: compared })),
    seededUniform(seed),
  );
  const labelers = new Set(
    indices.flatMap((i) => data.prompts[i].orders.map(({ labeler }) => labeler)),
  );
  const asListed = rate(pooled.listed.agree, pooled.listed.compared);
  return {
    alpha: rankAlpha(pooled, "ordinal"),
    ...pairs,
    tau_b: meanOf(pooled.taus),
    w: meanOf(pooled.ws),
    alpha_nominal: rankAlpha(pooled, "nominal"),
    alpha_interval: rankAlpha(pooled, "interval"),
    pairwise_ci: bootstrap?.interval ?? null,
    kappa: kappaFromTies(pairs.pairwise, pooled),
    tau_b_pairs: pooled.taus.length,
    tau_b_undefined: pooled.undefinedTaus,
    w_tasks: pooled.ws.length,
    prompts: own.length,
    prompts_with_overlap: own.filter(({ pairs: { compared } }) => compared > 0).length,
    rankings: pooled.orders,
    labelers: labelers.size,
    votes: pooled.votes,
    ties: pooled.ties,
    same_labeler_again: pooled.repeated.compared === 0 ? null : pairwiseResult(pooled.repeated),
    ...(data.listed
      ? {
          // as the conference's own script counts; half of the pairs escape it
          wmt: {
            agree: pooled.listed.agree,
            compared: pooled.listed.compared,
            pairwise: asListed,
            kappa: kappaFromTies(asListed, pooled),
          },
        }
      : {}),
  };
}

function* promptLines(
  prompts: readonly LabeledPrompt[],
  agreements: readonly PromptAgreement[],
): Generator<string> {
  for (const [i, { prompt, ids }] of prompts.entries()) {
    const own = agreements[i];
    yield JSON.stringify({
      prompt,
      completions: ids,
      labelers: own.labelers,
      rankings: own.orders,
      alpha: rankAlpha(own, "ordinal"),
      pairwise: rate(own.pairs.agree, own.pairs.compared),
      tau_b: meanOf(own.taus),
      w: meanOf(own.ws),
      agree: own.pairs.agree,
      compared: own.pairs.compared,
    });
  }
}

function lines(result: ReturnType<typeof resultOf>): string[] {
  const number = (value: number | null) => (value === null ? "undefined" : value.toFixed(3));
  const interval =
    result.pairwise_ci === null
      ? ""
      : `, 95 % interval ${result.pairwise_ci.map((x) => x.toFixed(3)).join(" to ")}`;
  const alone =
    result.prompts_with_overlap > 0
      ? []
      : ["no prompt was ranked by two labelers: nothing can be said of how far they agree"];
  return [
    ...alone,
    `${short(result.rankings)} rankings of ${short(result.prompts)} prompts by ${short(result.labelers)} labelers; ${short(result.prompts_with_overlap)} prompts by more than one`,
    `Krippendorff's α    ${number(result.alpha)} (ordinal)`,
    `pairwise agreement  ${number(result.pairwise)} (${short(result.agree)} of ${short(result.compared)}${interval})`,
    `  where none ties   ${number(result.pairwise_no_ties)} (${short(result.agree_no_ties)} of ${short(result.compared_no_ties)})`,
    `  beyond chance     κ ${number(result.kappa)} (ties: ${short(result.ties)} of ${short(result.votes)})`,
    `Kendall's τ-b       ${number(result.tau_b)} (${short(result.tau_b_pairs)} times two labelers)`,
    `Kendall's W         ${number(result.w)} (${short(result.w_tasks)} tasks)`,
  ];
}

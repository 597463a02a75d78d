import type { Asked, Question } from "../domain/asked";
import type { Comparing } from "../domain/preference";
import { reachOf } from "../domain/preference-scale";
import type { SnapshotCounts } from "../domain/snapshot-counts";

interface CardOf {
  readonly campaign: {
    readonly name: string;
    readonly guidelines: string;
    readonly config: { readonly asked?: Asked; readonly comparing?: Comparing };
  };
  readonly hash: string;
  readonly createdAt: Date;
  /** Versions of the guidelines, the oldest first; empty where none was kept. */
  readonly guidelines: readonly {
    readonly version: number;
    readonly text: string;
    readonly createdAt: Date;
  }[];
  readonly includeSimulated: boolean;
  readonly counts: SnapshotCounts;
  readonly sources: readonly { readonly source: string; readonly prompts: number }[];
  readonly models: readonly {
    readonly round: number;
    readonly id: string;
    readonly name: string;
    readonly hash: string;
  }[];
}

/**
 * The dataset card: what is in, what is not, who made it and how, in the Hugging Face form (YAML
 * front matter, then Markdown). English, as dataset cards are, whatever the language of the site.
 */
export function datasetCard(card: CardOf): string {
  const { counts } = card;
  const { comparing } = card.campaign.config;
  const inside = counts.simulated;
  const people = counts.rankings - inside;
  return `---
pretty_name: ${JSON.stringify(`${card.campaign.name}: rankings`)}
tags: [preference, rlhf, ${comparing ? "pairwise" : "k-wise"}]
size_categories: [${sizeCategory(counts.rankings)}]
---

# ${card.campaign.name}: rankings

${plural(counts.rankings, "ranking")} of ${plural(counts.completions, "completion")} to ${plural(counts.prompts, "prompt")}, by ${plural(counts.labelers, "labeler")}: ${plural(counts.comparisons, "comparison")}.

| what | value |
|---|---|
| content hash (SHA-256 of the rows) | \`${card.hash}\` |
| made | ${card.createdAt.toISOString()} |
| rankings given | ${counts.from === null ? "–" : `${counts.from} to ${counts.to}`} |
| rankings by people | ${people} |
| rankings by simulated labelers | ${inside} |

## What is in and what is not

${simulatedSentence(card.includeSimulated, counts)}
${counts.leftOut.identical === 0 ? "No ranking was left out for other reasons." : `${plural(counts.leftOut.identical, "ranking")} of completions that all read the same ${counts.leftOut.identical === 1 ? "was" : "were"} left out.`}
${plural(counts.ties, "tied pair")} and ${plural(counts.noneAcceptable, "ranking")} marked "none is acceptable" are in the rows as they were given.

## Split

By prompt, never by pair: no prompt is on both sides, and a prompt stays on its side in every later snapshot.

| side | prompts | rankings | comparisons |
|---|--:|--:|--:|
| train | ${counts.train.prompts} | ${counts.train.rankings} | ${counts.train.comparisons} |
| heldout | ${counts.heldout.prompts} | ${counts.heldout.rankings} | ${counts.heldout.comparisons} |

## Agreement

${
  counts.agreement === null
    ? "No pair of completions was put in order by two labelers, so agreement is unknown."
    : `Of ${plural(counts.agreement.pairs, "pair")} that two labelers of one task both put in order, ${(100 * counts.agreement.share).toFixed(1)} % were put in the same order.`
}

## Prompts

How the campaign's prompts were found:

${list(card.sources.map(({ source, prompts }) => `${source}: ${plural(prompts, "prompt")}`))}

## Completions

Sampled from these models, and written by people where a completion names a demonstration:

${comparing?.againstModelId === null ? "Two came with each prompt from a file; `origin` is what the file calls whoever gave one. The models of the rounds gave none:\n\n" : ""}${list(card.models.map((model) => `round ${model.round}: ${model.name} (id \`${model.id}\`, hash \`${model.hash.slice(0, 12)}\`)${model.id === comparing?.againstModelId ? ", which the policy is compared with" : ""}`))}

## Labelers

They appear by id alone; names and addresses are not in the data. They saw completions without any sign of their origin, in an order drawn at random for each, and were asked${asVersion(card.guidelines)}:

${quote(card.campaign.guidelines)}
${earlier(card.guidelines)}${scale(comparing)}${besides(card.campaign.config.asked)}`;
}

function asVersion(guidelines: CardOf["guidelines"]): string {
  const last = guidelines.at(-1);
  if (!last) return "";
  return ` (guidelines, version ${last.version} of ${last.createdAt.toISOString().slice(0, 10)}; a row's \`guidelines_version\` names the one that its labeler read)`;
}

/** What rows of an earlier version were asked. */
function earlier(guidelines: CardOf["guidelines"]): string {
  return guidelines
    .slice(0, -1)
    .toReversed()
    .map(
      ({ version, text, createdAt }) =>
        `\nVersion ${version}, of ${createdAt.toISOString().slice(0, 10)}:\n\n${quote(text)}\n`,
    )
    .join("");
}

/** What `comparison` of a row means; nothing where answers are ranked. */
function scale(comparing: Comparing | undefined): string {
  if (!comparing) return "";
  const reach = reachOf(comparing.steps);
  return `
They compared two answers on a scale of ${comparing.steps} points:

${list([
  "`comparison.left`, `comparison.right`: ids of the answers as they stood, the sides drawn at random for each labeler",
  `\`comparison.preference\`: from -${reach} (the left one is much better) over 0 (no difference) to ${reach} (the right one is much better); null: neither could be judged`,
  "`comparison.steps`: points of the scale that it was given on",
])}
`;
}

/** What `ratings` and `answers` of a row mean; nothing where no more than the order was asked. */
function besides(asked: Asked | undefined): string {
  const lines = [
    ...(asked?.quality ? ["`ratings.ID.quality`: overall quality, 1 (worst) to 7 (best)"] : []),
    ...(asked && asked.flags.length > 0
      ? [`\`ratings.ID.flags\`: which of these hold: ${asked.flags.join(", ")}`]
      : []),
    ...(asked?.questions ?? []).map(
      (question) =>
        `\`${question.about === "task" ? "" : "ratings.ID."}answers.${question.id}\`: ${JSON.stringify(question.text)}, ${answersOf(question)}${question.required ? "" : " (optional)"}`,
    ),
  ];
  if (lines.length === 0) return "";
  return `
Besides the order they were asked (ID is a completion's id):

${list(lines)}
`;
}

function answersOf(question: Question): string {
  switch (question.kind) {
    case "scale":
      return `1 (${question.low || "least"}) to ${question.steps} (${question.high || "most"})`;
    case "choice":
      return `${question.several ? "any" : "one"} of: ${question.options.join("; ")}`;
    case "text":
      return "in words";
  }
}

function simulatedSentence(included: boolean, counts: SnapshotCounts): string {
  if (included && counts.simulated > 0)
    return `${plural(counts.simulated, "ranking")} by simulated labelers (programs) ${counts.simulated === 1 ? "is" : "are"} in it, on request; each such row has \`"simulated": true\`.`;
  if (counts.leftOut.simulated > 0)
    return `${plural(counts.leftOut.simulated, "ranking")} by simulated labelers (programs) ${counts.leftOut.simulated === 1 ? "was" : "were"} left out.`;
  return "Every ranking is by a person; the campaign had none by simulated labelers.";
}

function sizeCategory(rows: number): string {
  if (rows < 1000) return "n<1K";
  if (rows < 10_000) return "1K<n<10K";
  if (rows < 100_000) return "10K<n<100K";
  return "100K<n<1M";
}

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;
const list = (items: readonly string[]) =>
  items.length === 0 ? "- none" : items.map((item) => `- ${item}`).join("\n");
const quote = (text: string) =>
  text.trim() === ""
    ? "> (no guidelines)"
    : text
        .trim()
        .split("\n")
        .map((line) => `> ${line}`.trimEnd())
        .join("\n");

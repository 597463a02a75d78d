import type { Model } from "../nn/model";
import { architectureOf } from "./config-write";

/** What a model folder's README.md says beyond what the weights tell. */
export interface ModelCard {
  readonly name?: string;
  /** the model that training started from, by name */
  readonly baseModel?: string;
  readonly license?: string;
  readonly tags?: readonly string[];
  /** Markdown below the table: how it was trained, on what, with which result */
  readonly text?: string;
}

/** README.md of a model folder: YAML front matter as the Hugging Face hub reads it, then what the model is. */
export function modelCard({ config, weights }: Model, card: ModelCard): string {
  const reward = config.head === "score";
  const tags = ["revealed", ...(reward ? ["reward-model"] : []), ...(card.tags ?? [])];
  const front = [
    "library_name: transformers",
    `pipeline_tag: ${reward ? "text-classification" : "text-generation"}`,
    ...(card.license ? [`license: ${yaml(card.license)}`] : []),
    ...(card.baseModel ? [`base_model: ${yaml(card.baseModel)}`] : []),
    "tags:",
    ...tags.map((tag) => `- ${yaml(tag)}`),
  ];
  const parameters = [...weights.values()].reduce((sum, { data }) => sum + data.length, 0);
  const rows = [
    ["Architecture", architectureOf(config)],
    ["Parameters", parameters.toLocaleString("en")],
    [
      "Layers, width, heads",
      `${config.layers}, ${config.width}, ${config.heads} (${config.kvHeads} key/value)`,
    ],
    ["Context", `${config.context} tokens`],
    ["Vocabulary", `${config.vocab}`],
    ...(config.reward
      ? [
          [
            "Reward",
            `(score − ${config.reward.mean}) / ${config.reward.std}; \`reward_normalization\` in config.json`,
          ],
        ]
      : []),
  ];
  const table = rows.map(([what, value]) => `| ${what} | ${value} |`);
  const title = card.name ?? (reward ? "Reward model" : "Language model");
  const made = "Trained with Revealed: human feedback with the reward-model loop built in.";
  const parts = [
    ["---", ...front, "---"].join("\n"),
    `# ${title}`,
    made,
    ["| | |", "|---|---|", ...table].join("\n"),
    ...(card.text ? [card.text.trim()] : []),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** A YAML scalar that no content can break out of: JSON's strings are YAML's double-quoted ones. */
export function yaml(text: string): string {
  return /^[A-Za-z0-9][\w./-]*$/.test(text) &&
    !/^(true|false|null|yes|no|on|off|[\d.]+)$/i.test(text)
    ? text
    : JSON.stringify(text);
}

/** Starting a training and reading it; the rest of the researcher's wing is in research.ts. */
export const runs = {
  "runs.kind.rloo": "Leave-one-out improvement",
  "runs.kind.grpo": "Group-relative improvement",
  "runs.kind.dpo": "Direct preference learning",
  "runs.kindHelp.rloo":
    "The same by REINFORCE: each answer is compared with the others to its prompt, without a value network. Makes a policy.",
  "runs.kindHelp.grpo":
    "The same with advantages normalised among the answers to a prompt, without a value network. Makes a policy.",
  "runs.kindHelp.dpo":
    "Learns from a snapshot's rankings alone, without a reward model. Makes a policy.",
  "runs.startModelHelp.dpo": "The policy that shall move. It is held near to where it begins.",
  "runs.noSnapshots":
    "There is no snapshot yet: freeze a campaign's rankings under Snapshots first.",
  "runs.noRewardModels": "There is no reward model yet: train one from a snapshot first.",
  "runs.preset": "Begin with",
  "runs.preset.suited": "What suits the model",
  "runs.preset.suited.help":
    "What the worker takes for a model of this size when nobody says otherwise.",
  "runs.preset.tiny": "Tiny on this machine",
  "runs.preset.tiny.help": "A first look in about a minute, to see that everything fits together.",
  "runs.preset.lora": "Small with LoRA",
  "runs.preset.lora.help":
    "Only adapters beside the weights learn, in little memory: for models too large to train whole here. They are worked into the weights at the end.",
  "runs.preset.published": "As published",
  "runs.preset.published.help":
    "The numbers of the paper. They are meant for large models and long runs: a small model hardly moves.",
  "runs.preset.own": "Options of your own.",
  "runs.preset.changed": "{count:# option differs|# options differ} from what suits the model.",
  "runs.default": "Default",
  "runs.defaultIs": "Default {source}.",
  "runs.asCampaignSource": "null: as the campaign samples",
  "runs.presetSays": "Here {source}.",
  "runs.loraOff": "Adapters (LoRA): none, the weights themselves learn",
  "runs.loraOn": "Adapters (LoRA): of rank {rank}",
  "runs.frozenNone": "Frozen layers: none",
  "runs.frozenSome": "Frozen layers: {count:# block and what is named|# blocks and what is named}",
  "runs.problem.rank": "Options of adapters need a rank: give one, or set them back.",
  "runs.problem.groups": "Give a multiple of generations, which is {group}.",
  "runs.problem.minibatches": "There are only {batch} episodes: give at most as many minibatches.",
  "runs.incomplete": "Something is missing or wrong above: mend what is marked.",
  "runs.chart.cheating": "Is it cheating: by length, or by saying one thing only?",
  "runs.chart.cheating.note":
    "Tokens of a response (from the shortest to the longest) and its entropy. Answers that grow while truth does not, or an entropy near 0, are the usual signs.",
  "runs.chart.preferring": "Does it prefer what people prefer?",
  "runs.chart.preferring.note":
    "Share of pairs whose better answer has gained more on the reference than the worse one.",
  "runs.unit.tokens": "tokens",
  "metric.completions/mean_length": "Length of responses",
  "metric.completions/min_length": "Shortest response",
  "metric.completions/max_length": "Longest response",
  "metric.truth/ordered": "Right numbers in order, either way",
  "metric.padding_share": "Padding among the tokens",
  "metric.frac_reward_zero_std": "Prompts whose answers all score alike",
  "metric.loss/ptx_avg": "Loss on pretraining text",
  "metric.tie_parameter": "Parameter of ties",
  "metric.rewards/chosen": "Implied reward of the better answer",
  "metric.rewards/rejected": "Implied reward of the worse answer",
  "metric.rewards/margins": "Margin of implied rewards",
  "metric.rewards/accuracies": "Accuracy on the batch",
  "metric.logps/chosen": "log π of the better answer",
  "metric.logps/rejected": "log π of the worse answer",
} as const;

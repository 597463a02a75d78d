import type { ModelConfig } from "../nn/model";
import { configFormats } from "./config-formats";

/** How transformers begins the names of a family's classes. */
const classes: Record<ModelConfig["family"], string> = {
  gpt2: "GPT2",
  gpt_neox: "GPTNeoX",
  llama: "Llama",
  mistral: "Mistral",
  qwen2: "Qwen2",
  qwen3: "Qwen3",
  opt: "OPT",
};

/** The class of transformers that opens this model. */
export function architectureOf({ family, head }: ModelConfig): string {
  const name = classes[family];
  if (head === "score") return `${name}ForSequenceClassification`;
  return family === "gpt2" ? "GPT2LMHeadModel" : `${name}ForCausalLM`;
}

/** config.json in the style that transformers 4 and 5 both read. */
export function writeConfig(config: ModelConfig): Record<string, unknown> {
  return {
    architectures: [architectureOf(config)],
    ...configFormats[config.family].write(config),
    vocab_size: config.vocab,
    tie_word_embeddings: config.tied,
    bos_token_id: config.bosId,
    eos_token_id: config.eosId,
    pad_token_id: config.padId,
    torch_dtype: "float32",
    use_cache: true,
    ...(config.head === "score" && {
      num_labels: 1,
      id2label: { "0": "LABEL_0" },
      label2id: { LABEL_0: 0 },
      problem_type: "regression",
    }),
    ...(config.reward && { reward_normalization: config.reward }),
  };
}

import type { ModelConfig } from "../nn/model";
import type { ConfigFormat } from "./config-common";
import { gptNeoxFormat } from "./config-gpt-neox";
import { gpt2Format } from "./config-gpt2";
import { llamaFormat } from "./config-llama";
import { optFormat } from "./config-opt";

/** By model_type. */
export const configFormats: Record<ModelConfig["family"], ConfigFormat> = {
  gpt2: gpt2Format,
  gpt_neox: gptNeoxFormat,
  llama: llamaFormat("llama"),
  mistral: llamaFormat("mistral"),
  qwen2: llamaFormat("qwen2"),
  qwen3: llamaFormat("qwen3"),
  opt: optFormat,
};

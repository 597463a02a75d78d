import { writeFile } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { adapterShapes } from "../nn/lora";
import type { Model, Weights } from "../nn/model";
import { download } from "../runtime/resident";
import type { Tokenizer } from "../text/tokenizer";
import { writeAdapterConfig } from "./adapter-config";
import { ADAPTER_CONFIG, ADAPTER_WEIGHTS, BASE_HASH, PEFT_PREFIX } from "./adapter-folder";
import { writeConfig } from "./config-write";
import { writeFolder } from "./disk";
import { type ModelCard, yaml } from "./model-card";
import { withDistinctPad } from "./pad-token";
import { writeSafetensors } from "./safetensors";

/** The model that an adapter stands on. */
export interface BaseModel {
  readonly dir: string;
  /** of its weights */
  readonly hash: string;
}

/**
 * Writes the adapter of a model as a folder that PEFT opens: adapter_config.json, what learnt in fp32,
 * tokenizer and README.md; for a reward model also config.json, which says how scores are read. The
 * folder is there whole or not at all; where it exists, its other files stay.
 * @throws AppError unavailable when the disk is full
 */
export async function saveAdapter(
  dir: string,
  model: Model,
  tokenizer: Tokenizer,
  options: { base: BaseModel; card?: ModelCard },
): Promise<void> {
  const { base, card = {} } = options;
  await download(model.weights.values());
  const scoring = model.config.head === "score";
  const padded = scoring ? withDistinctPad(model, tokenizer) : { model, tokenizer };
  // a base cannot be given one more row for padding: then it stays without
  const grown = padded.model.config.vocab > model.config.vocab;
  const saved = grown ? { model, tokenizer } : padded;
  const path = relative(resolve(dir), resolve(base.dir)).split(sep).join("/");
  const tensors: Weights = new Map();
  const lora = model.config.lora!;
  for (const name of [...adapterShapes(lora).keys(), ...lora.saved])
    tensors.set(PEFT_PREFIX + name, model.weights.get(name)!);
  await writeFolder(
    dir,
    async (folder) => {
      await saved.tokenizer.save(folder);
      await writeFile(join(folder, "README.md"), adapterCard(saved.model, path, card));
      if (scoring) await writeJson(join(folder, "config.json"), writeConfig(saved.model.config));
      await writeJson(join(folder, ADAPTER_CONFIG), writeAdapterConfig(saved.model.config, path));
      const metadata = { format: "pt", [BASE_HASH]: base.hash };
      await writeSafetensors(join(folder, ADAPTER_WEIGHTS), tensors, metadata);
    },
    [ADAPTER_CONFIG, ADAPTER_WEIGHTS],
  );
}

function adapterCard({ config, weights }: Model, base: string, card: ModelCard): string {
  const { settings, layers } = config.lora!;
  const names = [...new Set([...layers.keys()].map((module) => module.split(".").at(-1)!))];
  const learnt = [...adapterShapes(config.lora!).keys(), ...config.lora!.saved];
  const parameters = learnt.reduce((sum, name) => sum + weights.get(name)!.data.length, 0);
  const reward = config.head === "score";
  const type = reward ? "AutoModelForSequenceClassification" : "AutoModelForCausalLM";
  const more = reward ? ", num_labels=1" : "";
  const tags = ["revealed", "lora", ...(reward ? ["reward-model"] : []), ...(card.tags ?? [])];
  return `---
base_model: ${yaml(base)}
library_name: peft
tags:
${tags.map((tag) => `- ${yaml(tag)}`).join("\n")}
---

# ${card.name ?? (reward ? "Reward model (LoRA adapter)" : "LoRA adapter")}

Trained with Revealed: human feedback with the reward-model loop built in.

| | |
|---|---|
| Base model | \`${base}\` (from this folder) |
| Rank, alpha | ${settings.rank}, ${settings.alpha}${settings.rslora ? " (rsLoRA)" : ""} |
| Beside | ${names.join(", ")} |
| Parameters | ${parameters.toLocaleString("en")} |

\`\`\`python
from peft import PeftModel
from transformers import ${type}
model = PeftModel.from_pretrained(${type}.from_pretrained(BASE${more}), ADAPTER)
\`\`\`
${card.text ? `\n${card.text.trim()}\n` : ""}`;
}

async function writeJson(file: string, value: unknown): Promise<void> {
  await writeFile(file, `${JSON.stringify(value, null, 2)}\n`);
}

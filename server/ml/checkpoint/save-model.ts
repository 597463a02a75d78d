import { rm, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../../domain/app-error";
import { mergeLora } from "../nn/lora";
import { type Model, type ModelConfig, parameterShapes, type Weights } from "../nn/model";
import { download } from "../runtime/resident";
import type { Tokenizer } from "../text/tokenizer";
import { architectureOf, writeConfig } from "./config-write";
import { writeFolder } from "./disk";
import { type ModelCard, modelCard } from "./model-card";
import { withDistinctPad } from "./pad-token";
import { writeSafetensors } from "./safetensors";
import { WEIGHTS } from "./tensor-files";
import { storedNames } from "./tensor-names";

/**
 * Writes a Hugging Face model folder that transformers opens: weights in fp32, config.json, generation_config.json,
 * tokenizer and README.md. The folder is there whole or not at all; where it exists, its other files stay. A reward
 * model is given a pad token that differs from eos; adapters are merged.
 * @returns sha256 of the weights' file
 * @throws AppError unavailable when the disk is full; internal when the weights are not those of the configuration
 */
export async function saveModel(
  dir: string,
  given: Model,
  tokenizer: Tokenizer,
  options: { card?: ModelCard } = {},
): Promise<{ hash: string }> {
  await download(given.weights.values());
  const model = mergeLora(given);
  const saved =
    model.config.head === "score" ? withDistinctPad(model, tokenizer) : { model, tokenizer };
  const { config } = saved.model;
  const tensors = inOrder(saved.model);
  const hash = await writeFolder(
    dir,
    async (folder) => {
      await saved.tokenizer.save(folder);
      await writeFile(join(folder, "README.md"), modelCard(saved.model, options.card ?? {}));
      if (config.head === "lm")
        await writeJson(join(folder, "generation_config.json"), generationConfig(config));
      await writeJson(join(folder, "config.json"), writeConfig(config));
      return writeSafetensors(join(folder, WEIGHTS), tensors, { format: "pt" });
    },
    ["config.json", WEIGHTS],
  );
  await removeShards(dir);
  return { hash };
}

/** The weights as a state dict has them. */
function inOrder({ config, weights }: Model): Weights {
  const tensors: Weights = new Map();
  for (const [name, shape] of parameterShapes(config)) {
    const weight = weights.get(name);
    if (weight?.shape.join() !== shape.join()) {
      throw new AppError(
        "internal",
        `a ${architectureOf(config)} needs ${name} [${shape.join(", ")}], got ${weight ? `[${weight.shape.join(", ")}]` : "none"}`,
      );
    }
    tensors.set(storedNames(name, config)[0], weight);
  }
  return tensors;
}

function generationConfig({ bosId, eosId, padId }: ModelConfig) {
  return { bos_token_id: bosId, eos_token_id: eosId, pad_token_id: padId ?? eosId };
}

/** Shards of a model that was here before: no reader should find them beside the new weights. */
async function removeShards(dir: string): Promise<void> {
  const shards = (await readdir(dir)).filter((name) =>
    /^model(-\d+-of-\d+\.safetensors|\.safetensors\.index\.json)$/.test(name),
  );
  await Promise.all(shards.map((name) => rm(join(dir, name))));
}

async function writeJson(file: string, value: unknown): Promise<void> {
  await writeFile(file, `${JSON.stringify(value, null, 2)}\n`);
}

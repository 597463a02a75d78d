import path from "node:path";
import type { Command } from "commander";
import { AppError } from "../domain/app-error";
import { loadModel } from "../ml/checkpoint/load-model";
import { saveModel } from "../ml/checkpoint/save-model";
import { parameterCount } from "../ml/nn/model";
import { type CommonFlags, idleOptions, examples } from "./options";
import { createOutput } from "./output";
import { modelName } from "./shared";

interface Flags extends CommonFlags {
  readonly out: string;
  readonly base?: string;
}

export function modelMerge(parent: Command): void {
  const command = parent
    .command("merge")
    .description("work an adapter (LoRA) into the weights of its base model")
    .argument("<adapter>", "adapter folder in PEFT layout")
    .requiredOption("--out <dir>", "folder for the whole model")
    .option("--base <dir>", "the base model, where it is not where the adapter says");
  examples(
    idleOptions(command),
    `
The merged model needs neither adapter nor base. Other commands take an adapter folder as it is.
Example:
  $ revealed model merge sft-adapter --out sft`,
  ).action(async (adapter: string, flags: Flags) => {
    if (path.resolve(adapter) === path.resolve(flags.out))
      throw new AppError("bad-input", "--out is the adapter's own folder; give another.");
    const model = await loadModel(adapter, { base: flags.base });
    if (path.resolve(model.base.dir) === path.resolve(adapter))
      throw new AppError("bad-input", `${adapter} is a whole model: there is nothing to merge.`);
    if (path.resolve(model.base.dir) === path.resolve(flags.out))
      throw new AppError("bad-input", "--out is the base model's own folder; give another.");
    const text = `${modelName(adapter)} merged into ${modelName(model.base.dir)}.`;
    await saveModel(flags.out, model, model.tokenizer, {
      card: { baseModel: modelName(model.base.dir), text },
    });
    const parameters = parameterCount(model.config);
    createOutput(flags).result({ out: flags.out, parameters }, [
      `${flags.out}: ${text} ${parameters.toLocaleString("en-US")} parameters`,
    ]);
  });
}

import type { ModelConfig } from "../nn/model";
import { type ConfigFormat, parse, refuse, refuseForeignOptions, zCommon } from "./config-common";
import { configFormats } from "./config-formats";

/** What config.json may call its model and this engine can run. */
export const knownModelTypes: readonly string[] = Object.keys(configFormats);

/**
 * config.json → what the engine runs, in the styles of transformers 4 and 5.
 * @param file for messages @throws AppError bad-input naming the option, what was expected and what to do
 */
export function readConfig(json: unknown, file: string): ModelConfig {
  const common = parse(zCommon, json, file);
  const format = formatOf(common.model_type);
  if (format === null) {
    throw refuse(
      file,
      `model_type "${common.model_type}" is not one that can be run: expected ${knownModelTypes.join(", ")}`,
    );
  }
  refuseForeignOptions(common, file);
  const config = format.read(json, file);
  if (config.heads % config.kvHeads !== 0) {
    throw refuse(
      file,
      `${config.heads} attention heads cannot share ${config.kvHeads} key/value heads evenly`,
    );
  }
  return config;
}

function formatOf(type: string): ConfigFormat | null {
  return Object.hasOwn(configFormats, type)
    ? configFormats[type as keyof typeof configFormats]
    : null;
}

import { addLora, copyModel, isFresh, withoutLora } from "../nn/lora";
import type { Model, ModelConfig } from "../nn/model";
import type { TextModel } from "./data";
import { rewardModelFrom, valueModelFrom } from "./reward-model";

/**
 * The policy as it is now, frozen: what KL is measured from. Of a policy with adapters no second copy
 * of the base is made: fresh adapters are left off, others are copied beside the same weights.
 */
export function referenceOf(policy: TextModel): Model {
  return policy.config.lora && isFresh(policy) ? withoutLora(policy) : copyModel(policy);
}

/** What the reference takes in memory: of a policy with adapters it is the policy's own base. */
export function referenceReaders({
  policy,
  reference,
}: {
  policy: Model;
  reference?: Model;
}): ModelConfig[] {
  if (reference) return [reference.config];
  return policy.config.lora ? [] : [policy.config];
}

/**
 * A value network that starts from a reward model, or without one from the policy with a zero head.
 * Where the policy learns by adapters, so does the value network: on the reward model's own weights,
 * which stay as they are.
 */
export function valueOf(policy: TextModel, reward: TextModel | null): TextModel {
  if (reward === null) return valueModelFrom(policy);
  const { lora, family } = policy.config;
  if (!lora || reward.config.lora) return rewardModelFrom(reward, 0);
  // names of modules are a family's own
  const targets =
    reward.config.family === family ? {} : { targetModules: "all-linear", excludeModules: null };
  const modulesToSave = [...new Set([...lora.settings.modulesToSave, "score"])];
  const settings = { ...lora.settings, ...targets, modulesToSave };
  return { ...reward, ...addLora(reward, settings, 0) };
}

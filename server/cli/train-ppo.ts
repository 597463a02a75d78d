import type { Command } from "commander";
import { trainGrpo, trainRloo } from "../ml/rlhf/group";
import { grpoConfig, rlooConfig } from "../ml/rlhf/group-config";
import { trainPpo } from "../ml/rlhf/ppo";
import { ppoConfig } from "../ml/rlhf/ppo-config";
import { policyCommand } from "./train-policy";

/** `train ppo`, and its relatives without a value network: `train rloo`, `train grpo`. */
export function trainPpoCommands(parent: Command, args: readonly string[]): void {
  policyCommand(parent, args, {
    kind: "ppo",
    title: "PPO",
    description: "improve a policy by a reward model (or another reward)",
    config: ppoConfig,
    hasTexts: true,
    train: trainPpo,
  });
  policyCommand(parent, args, {
    kind: "rloo",
    title: "RLOO",
    description: "the same by REINFORCE, each response against the others to its prompt",
    config: rlooConfig,
    train: trainRloo,
  });
  policyCommand(parent, args, {
    kind: "grpo",
    title: "GRPO",
    description: "the same by advantages normalised among the responses to a prompt",
    config: grpoConfig,
    train: trainGrpo,
  });
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { foldersIn } from "../services/folders";
import { optionsFor } from "../domain/training-options";
import { trainingOptions } from "../services/training-options";
import { presets } from "./presets";
import { writeTrainingOptions } from "./training-options";

test("the site reads every trainer's options with meaning, kind and default", async () => {
  const data = await mkdtemp(path.join(tmpdir(), "revealed-options-"));
  const folders = foldersIn(path.join(data, "new"));
  expect(await trainingOptions({ folders })).toBeNull();
  await writeTrainingOptions(folders);
  const options = await trainingOptions({ folders });
  const of = (kind: "sft" | "reward" | "ppo", name: string) =>
    options?.[kind].options.find((option) => option.name === name);
  expect(of("ppo", "beta")).toMatchObject({ type: "number", nullable: false, minimum: 0 });
  expect(of("ppo", "kl")).toMatchObject({ type: "choice", choices: ["adaptive", "fixed"] });
  expect(of("reward", "learningRate")).toMatchObject({ nullable: true, default: null });
  expect(of("sft", "trainOnPrompt")).toMatchObject({ type: "boolean", default: false });
  expect(of("sft", "epochs")?.maximum).toBeUndefined();
  for (const kind of ["sft", "reward", "ppo"] as const)
    for (const option of options![kind].options) expect(option).not.toMatchObject({ meaning: "" });
  const defaultOf = (parameters: number) =>
    optionsFor(options!, "ppo", parameters).find(({ name }) => name === "learningRate")?.default;
  expect(defaultOf(options!.smallBelow - 1)).toBe(presets.ppo(0).learningRate);
  expect(defaultOf(options!.smallBelow)).toBe(of("ppo", "learningRate")?.default);
  await rm(data, { recursive: true });
});

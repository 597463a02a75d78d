import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import type { z } from "zod";
import { type RunKind, runKinds, trainingKinds } from "../domain/run-kinds";
import { optionsFor, presetConfig, presetNames } from "../domain/training-options";
import { parseConfig } from "../ml/rlhf/config";
import { loraOptions } from "../ml/rlhf/lora-options";
import { foldersIn } from "../services/folders";
import { trainingOptions } from "../services/training-options";
import { smallRewardPreset } from "../ml/rlhf/reward-config";
import { small } from "./presets";
import { ensembleOptions } from "./ensemble-options";
import { trainerConfigs } from "./trainers";
import { writeTrainingOptions } from "./training-options";

test("the site reads every trainer's options with meaning, source, kind and default", async () => {
  const data = await mkdtemp(path.join(tmpdir(), "revealed-options-"));
  const folders = foldersIn(path.join(data, "new"));
  expect(await trainingOptions({ folders })).toBeNull();
  await writeTrainingOptions(folders);
  const options = (await trainingOptions({ folders }))!;
  const of = (kind: RunKind, name: string) =>
    options.trainers[kind].options.find((option) => option.name === name);
  expect(of("ppo", "beta")).toMatchObject({ type: "number", nullable: false, minimum: 0 });
  expect(of("ppo", "kl")).toMatchObject({ type: "choice", choices: ["adaptive", "fixed"] });
  expect(of("reward", "learningRate")).toMatchObject({ nullable: true, default: null });
  expect(of("sft", "trainOnPrompt")).toMatchObject({ type: "boolean", default: false });
  expect(of("sft", "epochs")?.maximum).toBeUndefined();
  expect(of("grpo", "frozen")).toMatchObject({ type: "text", nullable: true });
  expect(of("sft", "loraDropout")).toBeDefined();
  for (const kind of runKinds) {
    for (const option of options.trainers[kind].options) {
      expect(option.meaning).not.toBe("");
      expect(option.source).not.toMatch(/^(null|true|false|[\d.]+)$/); // says why
    }
  }
  for (const kind of trainingKinds) {
    expect(of(kind, "loraTargetModules")).toMatchObject({ type: "text", default: "all-linear" });
    expect(of(kind, "loraLayersToTransform")).toMatchObject({ type: "text", nullable: true });
    expect(of(kind, "loraRankPattern")).toMatchObject({ type: "text", default: "" });
    expect(of(kind, "loraModulesToSave")).toMatchObject({ type: "text", default: "" });
    expect(of(kind, "freezeLayers")).toMatchObject({ type: "integer", default: 0 });
  }
  // nothing learns
  expect(of("best-of-n", "loraRank")).toBeUndefined();
  // it would make a policy another at each look
  expect(of("dpo", "loraDropout")).toBeUndefined();
  await rm(data, { recursive: true });
});

test("every preset of every kind is one that its trainer takes, by names that the form has", async () => {
  const data = await mkdtemp(path.join(tmpdir(), "revealed-presets-"));
  const folders = foldersIn(data);
  await writeTrainingOptions(folders);
  const options = (await trainingOptions({ folders }))!;
  await rm(data, { recursive: true });
  for (const kind of runKinds)
    for (const preset of presetNames)
      for (const parameters of [0, small]) {
        const config = presetConfig(options, kind, parameters, preset);
        const taken = optionsFor(options, kind, parameters);
        const names = taken.map(({ name }) => name);
        const chosen = Object.keys(options.trainers[kind].presets[preset]);
        expect(names).toEqual(expect.arrayContaining(chosen));
        const whole = Object.fromEntries(taken.map((one) => [one.name, one.default]));
        const trainer: z.ZodObject = trainerConfigs[kind];
        const schema = trainer.extend({ ...loraOptions, ...ensembleOptions });
        expect(() => parseConfig(schema, { ...whole, ...config }, kind)).not.toThrow();
      }
});

test("the tiny preset of a reward model is the one whose curve the repository has", async () => {
  const data = await mkdtemp(path.join(tmpdir(), "revealed-tiny-"));
  await writeTrainingOptions(foldersIn(data));
  const options = (await trainingOptions({ folders: foldersIn(data) }))!;
  expect(presetConfig(options, "reward", 656_000, "tiny")).toMatchObject(smallRewardPreset);
  expect(presetConfig(options, "reward", 656_000, "tiny")).not.toHaveProperty("maxSteps");
  await rm(data, { recursive: true });
});

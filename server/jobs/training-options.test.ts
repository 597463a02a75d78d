import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { foldersIn } from "../services/folders";
import { trainingOptions } from "../services/training-options";
import { writeTrainingOptions } from "./training-options";

test("the site reads every trainer's options with meaning, kind and default", async () => {
  const data = await mkdtemp(path.join(tmpdir(), "revealed-options-"));
  const folders = foldersIn(path.join(data, "new"));
  expect(await trainingOptions({ folders })).toBeNull();
  await writeTrainingOptions(folders);
  const options = await trainingOptions({ folders });
  const of = (kind: "sft" | "reward" | "ppo", name: string) =>
    options?.[kind].find((option) => option.name === name);
  expect(of("ppo", "beta")).toMatchObject({ type: "number", nullable: false, minimum: 0 });
  expect(of("ppo", "kl")).toMatchObject({ type: "choice", choices: ["adaptive", "fixed"] });
  expect(of("reward", "learningRate")).toMatchObject({ nullable: true, default: null });
  expect(of("sft", "trainOnPrompt")).toMatchObject({ type: "boolean", default: false });
  expect(of("sft", "epochs")?.maximum).toBeUndefined();
  for (const kind of ["sft", "reward", "ppo"] as const)
    for (const option of options![kind]) expect(option).not.toMatchObject({ meaning: "" });
  await rm(data, { recursive: true });
});

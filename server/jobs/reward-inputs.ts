import { AppError } from "../domain/app-error";
import type { RewardSource } from "../domain/reward-source";
import type { TextModel } from "../ml/rlhf/data";
import { openRewardParts, type OpenedParts, type RewardPart } from "../ml/rlhf/reward-parts";
import { loadRewardProgram } from "../ml/rlhf/reward-program";
import { requireScoreHead } from "../ml/rlhf/reward-model";
import { dropInPath } from "../services/drop-ins";
import type { RunRow } from "../services/run-record";
import { inputsOfRun } from "../services/run-inputs";
import type { Job } from "./define-job";
import { type KnownModel, openMembers } from "./text-models";

export interface RunReward extends OpenedParts {
  /** What rewards, for the model's card. */
  readonly names: readonly string[];
}

/**
 * What rewards a run's answers, opened. Endpoints are asked for one reward before anything else.
 * @param prompt that they are asked about
 */
export async function openRunReward(
  job: Job,
  run: RunRow,
  policy: TextModel,
  prompt: string,
): Promise<RunReward> {
  const { reward, secrets } = await inputsOfRun(job.db.read, run);
  if (!reward) throw new AppError("not-found", "Nothing rewards this run any more: start another.");
  const names: string[] = [];
  const parts: RewardPart[] = [];
  for (const [place, part] of reward.parts.entries()) {
    const opened = await openPart(job, part, secrets[String(place)] ?? {});
    names.push(part.weight === 1 ? opened.name : `${part.weight} × ${opened.name}`);
    parts.push(opened.part);
  }
  const opened = await openRewardParts(parts, policy, {
    retokenise: reward.retokenise,
    todo: "tick “read the text instead of the tokens”",
    prompt,
    signal: job.signal,
  });
  return { ...opened, names };
}

async function openPart(
  job: Job,
  part: RewardSource["parts"][number],
  headers: Readonly<Record<string, string>>,
): Promise<{ part: RewardPart; name: string }> {
  const { weight } = part;
  if (part.kind === "program") {
    const file = dropInPath(job, "programs", part.file);
    const program = await loadRewardProgram(file, part.file);
    return { part: { kind: "program", weight, program, name: part.file }, name: part.file };
  }
  if (part.kind === "endpoint") {
    const { url, timeout, retries } = part;
    const options = { timeout: 1000 * timeout, retries, headers };
    return { part: { kind: "endpoint", weight, url, options }, name: url };
  }
  const models: KnownModel[] = [];
  for (const id of part.modelIds) models.push(...(await openMembers(job, id)));
  for (const model of models) requireScoreHead(model);
  const named = [...new Set(models.map(({ row }) => `"${row.name}"`))].join(", ");
  const stranger = models.find((one) => {
    return one.tokenizer.fingerprint !== models[0].tokenizer.fingerprint;
  });
  if (stranger)
    throw new AppError(
      "bad-input",
      `"${stranger.row.name}" has another tokenizer than "${models[0].row.name}": members of an ensemble must read the same token ids; choose models of one family.`,
    );
  const combine = { ensemble: part.combine, lambda: part.lambda };
  const rule = models.length === 1 ? "" : ` (${part.combine.toUpperCase()} of ${models.length})`;
  return { part: { kind: "models", weight, models, combine, name: named }, name: named + rule };
}

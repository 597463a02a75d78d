import path from "node:path";
import { AppError } from "../domain/app-error";
import { measuresItself } from "../domain/demonstration-split";
import { loadModel } from "../ml/checkpoint/load-model";
import { memberFolder } from "../ml/checkpoint/member-folders";
import { saveModel } from "../ml/checkpoint/save-model";
import type { RankedExample, TextModel } from "../ml/rlhf/data";
import { type LoraOptions, withAdapters } from "../ml/rlhf/lora-options";
import { trainReward } from "../ml/rlhf/reward";
import type { RewardConfig } from "../ml/rlhf/reward-config";
import { rewardModelFrom } from "../ml/rlhf/reward-model";
import type { Step, TrainingState } from "../ml/rlhf/step";

interface MembersSetup {
  /** What members start from, in turn. */
  readonly bases: readonly TextModel[];
  readonly config: RewardConfig;
  readonly lora: LoraOptions & { seed: number };
  readonly train: readonly RankedExample[];
  /** Of prompts that no member learns from. */
  readonly heldout: readonly RankedExample[];
  readonly members: number;
  readonly folds: boolean;
  /** Where members that are done wait for the others. */
  readonly folder: string;
  /** Normalises what was fitted. */
  readonly finish: (model: TextModel) => Promise<TextModel>;
  readonly signal: AbortSignal;
  readonly planned: (bytes: number) => void;
}

/**
 * Fits the members of an ensemble one after the other, as one run of so many steps: each from its own seed,
 * with folds on its own share of the prompts left out. A member that is done lies on the disk before the
 * next begins, so that a checkpoint holds only the one in hand.
 */
export class RewardMembers {
  private readonly fitted: TextModel[] = [];
  /** The member in hand, and where its own training stands. */
  current: { model: TextModel; step: number; totalSteps: number } | null = null;

  constructor(private readonly setup: MembersSetup) {}

  async *steps(resume?: TrainingState): AsyncGenerator<Step, void> {
    const { bases, config, lora, members, heldout, folder, signal, planned } = this.setup;
    const at = resume?.json.ensemble ?? { member: 1, before: 0 };
    for (let member = 1; member < at.member; member++)
      this.fitted.push(await loadModel(memberFolder(folder, member)));
    let { before } = at;
    for (let member = at.member; member <= members; member++) {
      const own = { ...config, seed: config.seed + member - 1 };
      const base = withAdapters(bases[(member - 1) % bases.length], { ...lora, seed: own.seed });
      const model = rewardModelFrom(base, own.seed);
      const from =
        resume && member === at.member ? { ...resume, step: resume.step - before } : undefined;
      this.current = { model, step: from?.step ?? 0, totalSteps: from?.step ?? 0 };
      const data = this.dataOf(member);
      // where the run's options ask for its loss on them; how well it orders them is measured beside it
      const evaluation = measuresItself(config) ? heldout : [];
      const told = { resume: from, evaluation, signal, planned };
      for await (const step of trainReward(model, data, own, told)) {
        const { totalSteps } = step;
        this.current = { model, step: step.step, totalSteps };
        yield members === 1 ? step : asPart(step, { member, before, members });
      }
      before += this.current.totalSteps;
      if (member < members) await this.keep(member);
    }
  }

  /** All members, when the last step was made. */
  async finished(): Promise<readonly TextModel[]> {
    if (!this.current) throw new AppError("internal", "No member was trained.");
    this.fitted.push(await this.setup.finish(this.current.model));
    return this.fitted;
  }

  private async keep(member: number): Promise<void> {
    const { finish, folder } = this.setup;
    const fitted = await finish(this.current!.model);
    await saveModel(memberFolder(folder, member), fitted, fitted.tokenizer);
    this.fitted.push(fitted);
  }

  /** The rankings of all prompts but each `members`-th, from the member's own on. */
  private dataOf(member: number): readonly RankedExample[] {
    const { train, members, folds } = this.setup;
    if (!folds) return train;
    const order = [...new Set(train.map(({ prompt }) => prompt))];
    if (members < 2 || order.length < members)
      throw new AppError(
        "bad-input",
        `folds needs at least 2 members and as many prompts as members: there are ${members} and ${order.length}; leave folds out.`,
      );
    const places = new Map(order.map((prompt, i) => [prompt, i % members]));
    return train.filter(({ prompt }) => places.get(prompt) !== member - 1);
  }
}

/** A member's step as one of the whole run's. */
function asPart(
  step: Step,
  { member, before, members }: { member: number; before: number; members: number },
): Step {
  return {
    ...step,
    step: before + step.step,
    totalSteps: before + step.totalSteps * (members - member + 1),
    metrics: { ...step.metrics, member },
    state: () => {
      const state = step.state();
      const json = { ...state.json, ensemble: { member, before } };
      return { ...state, step: before + state.step, json };
    },
  };
}

/** Of a run's folder. */
export const membersFolder = (runs: string, id: string): string => path.join(runs, id, "members");

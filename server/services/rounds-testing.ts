import type { MakeDb } from "../db/testing";
import { findCampaign } from "../db/queries/campaign";
import { findRoundNumber, type RunRow } from "../db/queries/run";
import type { CampaignId, ModelId } from "../domain/ids";
import { beginCollecting, keepTask, promptsToAnswer, roundOf } from "./answering";
import type { Actor, Services } from "./context";
import { openDemo, seedDemo, type DemoSeed } from "./demo";
import { claimNext, settleJob } from "./job-queue";
import type { RoundWork } from "./round-training";
import { endRun, recordRun, registerModel } from "./run-record";
import { playLabelers } from "./simulation";
import { testActor, testServices } from "./testing";

export const sortingSeed: DemoSeed = {
  name: "Sorting",
  guidelines: "",
  config: { demonstrations: true, includeSimulated: true },
  completionsPerTask: 4,
  tasksPerRound: 3,
  prompts: [
    ...["sort: 3 1 2", "sort: 9 8 7", "sort: 4 6 5", "sort: 2 1 3"].map((text) => ({
      text,
      split: "train" as const,
      answer: { text: text.slice(6).split(" ").sort().join(" "), author: 0 as const },
    })),
    { text: "sort: 1 0 2", split: "heldout", answer: null },
  ],
};

/** A sorting campaign whose models are only rows, and what plays its people and its trainings. */
export class TestCircle {
  private constructor(
    readonly ctx: Services,
    readonly admin: Actor,
    readonly campaignId: CampaignId,
    readonly policyId: ModelId,
  ) {}

  static async make(makeDb: MakeDb): Promise<TestCircle> {
    const ctx = await testServices(makeDb);
    const admin = await testActor(ctx, "admin");
    const { id } = await seedDemo(ctx, sortingSeed);
    const policy = await registerModel(ctx, modelRow("policy", "policy"));
    return new TestCircle(ctx, admin, id, policy.id);
  }

  campaign = async () => (await findCampaign(this.ctx.db.read, this.campaignId))!;
  round = async (number: number) =>
    (await findRoundNumber(this.ctx.db.read, this.campaignId, number))!;

  /** Round 1, open and answered: a task of four answers for each of `tasks` prompts. */
  async answered(tasks: number) {
    const { ctx } = this;
    await openDemo(ctx, await this.campaign(), this.policyId);
    return await this.answer(1, tasks);
  }

  /** Does the waiting "answer" job of a round. @param old gives the last two answers where it is given */
  async answer(number: number, tasks: number, old?: ModelId) {
    const { ctx } = this;
    const job = (await claimNext(ctx, "w:1"))!;
    const about = await roundOf(ctx, (await this.round(number)).id);
    const { waiting } = await promptsToAnswer(ctx, about.round);
    for (const prompt of waiting.slice(0, tasks)) {
      const texts = ["1 2 3", "3 2 1", "1 1 1", `${prompt.text.slice(6)} 0`];
      const params = { temperature: 1 };
      const finish = "stop" as const;
      const mine = old && { modelId: old };
      const answers = texts.map((text, i) =>
        Object.assign({ text, seed: i, params, finish }, i > 1 ? mine : {}),
      );
      await keepTask(ctx, about, prompt, answers);
    }
    await beginCollecting(ctx, about.round);
    await settleJob(ctx, job, "w:1", { status: "done" });
    return (await roundOf(ctx, about.round.id)).round;
  }

  play = (rankings: number) =>
    playLabelers(
      this.ctx,
      { campaignId: this.campaignId, rankings, since: new Date(0) },
      async () => {},
    );
}

/** A model without a folder. */
export const modelRow = (kind: "policy" | "reward", name: string) => ({
  name,
  kind,
  path: `/models/${name}`,
  hash: "0",
  architecture: "GPT2LMHeadModel",
  parameters: 10,
  source: "shipped" as const,
});

/** What a training measures, and what it made. */
interface Played {
  report?: Record<string, number>;
  practice?: Record<string, number>;
  /** Every work begun, in order. */
  done?: string[];
}

const goodReport = {
  "eval/accuracy": 0.8,
  "eval/accuracy_low": 0.7,
  "eval/accuracy_high": 0.9,
  "eval/pairs": 100,
  "eval/length_baseline": 0.5,
};
const goodPractice = { "objective/kl": 4, "objective/scores": 1.5 };

/** Trainings that write what they would have measured and made, in no time. */
export function playedWork(
  ctx: Services,
  { report = goodReport, practice = goodPractice, done = [] }: Played = {},
): RoundWork {
  const train = async (run: RunRow, kind: "policy" | "reward", values: Record<string, number>) => {
    done.push(kind);
    const first = { ...values, "objective/scores": 0 };
    const metrics = [first, values].map((one, step) => ({ runId: run.id, step, values: one }));
    await recordRun(ctx, run, { step: 2, totalSteps: 2, secondsLeft: 0, metrics, samples: [] });
    const { source: _, ...row } = modelRow(kind, `${kind} ${run.id}`);
    return await endRun(ctx, run, { ...row, ...(kind === "policy" && { exact: 0.75 }) });
  };
  return {
    fit: (run) => train(run, "reward", report),
    practise: (run) => train(run, "policy", practice),
    say: async () => {},
  };
}

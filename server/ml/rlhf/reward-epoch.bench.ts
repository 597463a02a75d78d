import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { argumentRankings, ARGUMENTS_SHARE } from "../../bench/arguments";
import { writeTinyStories } from "../../bench/models";
import type { Runner, Setting, Work } from "../../bench/work";
import { loadModel } from "../checkpoint/load-model";
import { saveModel } from "../checkpoint/save-model";
import { encodeRankings, trainReward } from "./reward";
import { rewardModelFrom } from "./reward-model";
import { rewardConfig } from "./reward-config";

const LR = 1e-4;
const BATCH = 16; // rankings
const PAIRS = "pairs.json";

/**
 * A share of an epoch, which takes so many times as long: all rankings of that share in one run, by one
 * forward pass a completion or by TRL's two a pair.
 */
export const rewardEpochWork: Work = {
  name: `reward arguments, 1/${ARGUMENTS_SHARE} epoch`,
  runs: 3,
  warmUps: 1,
  prepare,
  open,
  peers: [
    {
      name: "TRL RewardTrainer",
      script: "trl_reward.py",
      tunable: true,
      options: { pairs: PAIRS, batch: 8, lr: LR },
    },
  ],
};

/** A reward model that starts from TinyStories, and what its rankings imply as ids: [[chosen, rejected], …]. */
async function prepare(folder: string): Promise<void> {
  const source = path.join(folder, "lm");
  await mkdir(source);
  await writeTinyStories(source);
  const model = rewardModelFrom(await loadModel(source), 1);
  await saveModel(folder, model, model.tokenizer);
  const rankings = await encodeRankings(model, argumentRankings(), rewardConfig.parse({}));
  const pairs = rankings.flatMap(({ rows, pairs: ordered }) =>
    ordered.map(({ chosen, rejected }) => [rows[chosen], rows[rejected]]),
  );
  await writeFile(path.join(folder, PAIRS), JSON.stringify(pairs));
}

async function open({ folder, threads }: Setting): Promise<Runner> {
  const rankings = argumentRankings();
  const steps = trainReward(
    await loadModel(folder),
    rankings,
    {
      batchSize: BATCH,
      tokensPerPass: 4096, // attention over long rows is quicker in small passes
      maxSteps: 1e6,
      learningRate: LR,
      schedule: "constant",
      warmup: 0,
    },
    { threads },
  );
  return {
    async run() {
      let pairs = 0;
      for (let left = Math.ceil(rankings.length / BATCH); left > 0; left--) {
        const { value } = await steps.next();
        pairs += value?.metrics.pairs ?? 0;
      }
      return { check: pairs };
    },
    async dispose() {
      await steps.return();
    },
  };
}

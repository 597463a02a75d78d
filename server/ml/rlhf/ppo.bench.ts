import { writeFile } from "node:fs/promises";
import path from "node:path";
import { writeTinyStories } from "../../bench/models";
import type { Runner, Setting, Work } from "../../bench/work";
import { loadModel } from "../checkpoint/load-model";
import { saveModel } from "../checkpoint/save-model";
import { encodePrompts } from "./encode";
import { trainPpo } from "./ppo";
import { rewardModelFrom } from "./reward-model";

const EPISODES = 64;
const NEW_TOKENS = 48;
const [EPOCHS, MINIBATCHES] = [4, 4];
const LR = 1e-5;
const BETA = 0.05;
const [REWARD, PROMPTS] = ["reward", "prompts.json"];

/** One iteration: rollout, scores, advantages, 4 epochs of 4 minibatches; four models of one shape. */
export const ppoWorks: readonly Work[] = [
  {
    name: "ppo tinystories",
    runs: 5,
    tokens: EPISODES * NEW_TOKENS,
    prepare,
    open,
    peers: [
      {
        name: "TRL PPO",
        script: "trl_ppo.py",
        tunable: true,
        options: {
          reward: REWARD,
          prompts: PROMPTS,
          episodes: EPISODES,
          new_tokens: NEW_TOKENS,
          epochs: EPOCHS,
          minibatches: MINIBATCHES,
          lr: LR,
          beta: BETA,
        },
      },
    ],
  },
];

const prompts = ["Lily", "Tom", "The dog", "A bird", "Mom", "Ben", "The cat", "Sue"].flatMap(
  (who) => ["went to the park", "saw a big red ball"].map((what) => `One day, ${who} ${what}`),
);

/** The policy, a reward model that starts from it, and the prompts as ids. */
async function prepare(folder: string): Promise<void> {
  await writeTinyStories(folder);
  const policy = await loadModel(folder);
  await saveModel(path.join(folder, REWARD), rewardModelFrom(policy, 1), policy.tokenizer);
  const ids = await encodePrompts(policy, prompts);
  await writeFile(path.join(folder, PROMPTS), JSON.stringify(ids));
}

async function open({ folder, threads }: Setting): Promise<Runner> {
  const loaded = await loadModel(folder);
  const reward = await loadModel(path.join(folder, REWARD));
  // without a stop token every response has its full length
  const policy = { ...loaded, config: { ...loaded.config, eosId: null } };
  const steps = trainPpo(
    { policy, reward },
    prompts,
    {
      batchSize: EPISODES,
      minibatches: MINIBATCHES,
      epochs: EPOCHS,
      maxNewTokens: NEW_TOKENS,
      iterations: 1e6,
      learningRate: LR,
      kl: "fixed",
      beta: BETA,
    },
    { threads },
  );
  return {
    async run() {
      await steps.next();
      return {};
    },
    async dispose() {
      await steps.return();
    },
  };
}

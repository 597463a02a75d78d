import { writeTinyStories } from "../../bench/models";
import type { Runner, Setting, Work } from "../../bench/work";
import { loadModel } from "../checkpoint/load-model";
import { trainPpo } from "./ppo";
import { rewardModelFrom } from "./reward-model";

const EPISODES = 64;
const NEW_TOKENS = 48;

/** One iteration: rollout, scores, advantages, 4 epochs of 4 minibatches; four models of one shape. */
export const ppoWorks: readonly Work[] = [
  {
    name: "ppo tinystories",
    runs: 5,
    tokens: EPISODES * NEW_TOKENS,
    prepare: writeTinyStories,
    open,
    peers: [],
  },
];

const prompts = ["Lily", "Tom", "The dog", "A bird", "Mom", "Ben", "The cat", "Sue"].flatMap(
  (who) => ["went to the park", "saw a big red ball"].map((what) => `One day, ${who} ${what}`),
);

async function open({ folder, threads }: Setting): Promise<Runner> {
  const loaded = await loadModel(folder);
  // without a stop token every response has its full length
  const policy = { ...loaded, config: { ...loaded.config, eosId: null } };
  const reward = rewardModelFrom(policy, 1);
  const steps = trainPpo(
    { policy, reward },
    prompts,
    {
      batchSize: EPISODES,
      minibatches: 4,
      epochs: 4,
      maxNewTokens: NEW_TOKENS,
      iterations: 1e6,
      learningRate: 1e-5,
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

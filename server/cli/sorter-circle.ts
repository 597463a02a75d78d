import { demonstrate, demonstrateDownwards, withSlips } from "../domain/sorter/demonstrations";
import { CAREFUL, type LabelerHabits, simulateRanking } from "../domain/sorter/labeler";
import { seededUniform } from "../domain/sorter/random";
import type { SorterRecipe } from "../domain/sorter/recipe";
import { makePrompts } from "../domain/sorter/task";
import type { RankedExample, TextModel } from "../ml/rlhf/data";
import { impliedPairs } from "../ml/rlhf/formulas/kwise";
import { trainReward } from "../ml/rlhf/reward";
import { copyModel } from "../ml/nn/lora";
import { rewardModelFrom } from "../ml/rlhf/reward-model";
import { evaluateReward, normaliseReward } from "../ml/rlhf/reward-report";
import { smallModel } from "../ml/rlhf/small-model";
import { trainSft } from "../ml/rlhf/sft";
import { runSteps, type Step } from "../ml/rlhf/step";
import { moveBy, type SorterMethod } from "./sorter-methods";
import {
  type Answerer,
  createAnswerer,
  createSampler,
  type Sampled,
  type Sampler,
} from "./sorter-truth";

/** What one stage of the circle did. */
export interface Stage {
  stage: "sft" | "reward" | SorterMethod;
  /** Share of held-out prompts whose greedy answer is exactly right, after the stage. */
  exact: number;
  /** Share with the right numbers in order, upwards or downwards. */
  ordered: number;
  /** Share of samples that is exactly right, at the temperature that the policy learns at. */
  sampled?: number;
  /** Mean score of the policy's samples by the reward model of the time; none with DPO. */
  score?: number;
  /** Nats a response of the samples from the SFT model. */
  kl?: number;
  /** Share of held-out pairs that the reward model orders as ranked. */
  accuracy?: number;
  /** Rankings asked for so far. */
  rankings: number;
  seconds: number;
}

export interface CircleOptions {
  seed: number;
  /** What moves the policy; default PPO. */
  method?: SorterMethod;
  /** One reward model for the whole run: what happens when people are not asked again. */
  freezeReward?: boolean;
  labelers?: LabelerHabits;
  /** Execution provider; default the processor. */
  provider?: string;
  signal?: AbortSignal;
  onStage?: (stage: Stage) => Promise<void> | void;
  onStep?: (what: Stage["stage"], step: Step) => Promise<void> | void;
}

export interface CircleResult {
  stages: Stage[];
  sft: TextModel;
  /** The last one; null with DPO, which has none. */
  reward: TextModel | null;
  policy: TextModel;
  rankings: RankedExample[];
}

/** The policy, and the SFT model that it is held near. */
interface Models {
  policy: TextModel;
  reference: TextModel;
}

/** A model this small is fastest on one: its products are too short to be shared out. */
const threads = 1;

/** Prompts whose truth is measured; none of them is ever ranked, demonstrated or rolled out. */
const HELD_OUT = 500;

/** A small model with random weights, and a tokenizer that knows digits and blanks. */
export function newSorter({ length, model }: SorterRecipe, seed: number): TextModel {
  const prompts = makePrompts({ split: "train", count: 500, length, seed: "tokenizer" });
  const texts = prompts.flatMap((prompt) => Object.values(demonstrate(prompt)));
  return smallModel(texts, model, seed);
}

/** Prompts whose truth is measured. */
export function heldOutPrompts({ length }: SorterRecipe, seed: number): string[] {
  return makePrompts({ split: "heldout", count: HELD_OUT, length, seed });
}

/**
 * Demonstrate, fine-tune, rank, learn the reward, improve, and rank again, with simulated labelers.
 * Truth is measured by program and given to nobody.
 */
export async function runCircle(
  recipe: SorterRecipe,
  options: CircleOptions,
): Promise<CircleResult> {
  const circle = new Circle(recipe, options);
  return await circle.run();
}

class Circle {
  readonly #stages: Stage[] = [];
  readonly #rankings: RankedExample[] = [];
  readonly #heldOut: string[];
  readonly #prompts: string[];
  readonly #started = performance.now();
  #asked = 0;

  constructor(
    private readonly recipe: SorterRecipe,
    private readonly options: CircleOptions,
  ) {
    const { length, sft } = recipe;
    const { seed } = options;
    this.#heldOut = heldOutPrompts(recipe, seed);
    this.#prompts = makePrompts({ split: "train", count: sft.demonstrations, length, seed });
  }

  /** Where a model is computed. */
  #session() {
    return { provider: this.options.provider, threads };
  }

  /** The same for a training, which can be stopped. */
  #run() {
    return { ...this.#session(), signal: this.options.signal };
  }

  async run(): Promise<CircleResult> {
    const { recipe, options } = this;
    const policy = newSorter(recipe, options.seed);
    const answerer = await createAnswerer(policy, recipe.length + 2, this.#session());
    try {
      await this.#fineTune(policy, answerer);
      const sft = copyModel(policy);
      const reward = await this.#improve({ policy, reference: sft }, answerer);
      return { stages: this.#stages, sft, reward, policy, rankings: this.#rankings };
    } finally {
      await answerer.dispose();
    }
  }

  async #fineTune(policy: TextModel, answerer: Answerer): Promise<void> {
    const { sft } = this.recipe;
    const misread = seededUniform(`misread ${this.options.seed}`);
    const data = this.#prompts.map((prompt) =>
      misread() < sft.downwards ? demonstrateDownwards(prompt) : demonstrate(prompt),
    );
    const config = {
      seed: this.options.seed,
      batchSize: sft.batchSize,
      learningRate: sft.learningRate,
      maxSteps: sft.maxSteps,
      schedule: "constant",
      warmup: Math.min(0.5, 20 / sft.maxSteps),
    } as const;
    await runSteps(trainSft(policy, data, config, this.#run()), async (step) => {
      await this.options.onStep?.("sft", step);
      if (step.step % 5 !== 0) return null;
      const { ordered } = await answerer.truth(this.#heldOut);
      return ordered >= sft.stopAtOrdered ? "stop" : null;
    });
  }

  async #improve(models: Models, answerer: Answerer): Promise<TextModel | null> {
    const { recipe, options } = this;
    const sampler = await createSampler(
      models,
      this.#heldOut,
      { ...recipe.ppo, maxNewTokens: recipe.length + 2, seed: options.seed },
      this.#session(),
    );
    try {
      const { sampled } = await sampler.measure(0);
      await this.#record({ stage: "sft", ...(await answerer.truth(this.#heldOut)), sampled });
      let reward: TextModel | null = null;
      for (let round = 0; round < recipe.rounds; round++) {
        if (options.method === "dpo") await this.#rankAgain(answerer, round === 0);
        else if (reward === null || !options.freezeReward)
          reward = await this.#learn(answerer, models.reference, reward === null);
        await this.#move({ ...models, reward }, round, { answerer, sampler });
      }
      return reward;
    } finally {
      await sampler.dispose();
    }
  }

  /** People rank, and a reward model learns from all that was ranked so far. */
  async #learn(answerer: Answerer, sft: TextModel, isFirst: boolean): Promise<TextModel> {
    const base = rewardModelFrom(sft, this.options.seed + this.#asked);
    await this.#rankAgain(answerer, isFirst);
    const fitted = await this.#fit(base);
    await this.#recordReward(answerer, fitted);
    return fitted;
  }

  /** The policy's turn. */
  async #move(
    models: Models & { reward: TextModel | null },
    round: number,
    { answerer, sampler }: { answerer: Answerer; sampler: Sampler },
  ): Promise<void> {
    const { recipe, options } = this;
    const { method = "ppo", freezeReward, seed } = options;
    const fallen = (1 - recipe.lastRoundRate) * (round / Math.max(1, recipe.rounds - 1));
    const turn = {
      ...models,
      rankings: this.#rankings,
      prompts: this.#prompts,
      seed: seed * 1000 + round,
      rate: 1 - fallen,
      beta: freezeReward && round > 0 ? recipe.frozenBeta : recipe.ppo.beta,
    };
    const last = await runSteps(moveBy(method, recipe, turn, this.#run()), (step) =>
      options.onStep?.(method, step),
    );
    const drawn: Sampled = await sampler.measure(round + 1);
    const score = last!.metrics["objective/scores"];
    await this.#record({
      stage: method,
      ...(await answerer.truth(this.#heldOut)),
      ...drawn,
      ...(score !== undefined && { score }),
    });
  }

  async #fit(model: TextModel): Promise<TextModel> {
    const rankings = this.#rankings;
    const config = { seed: this.options.seed + this.#asked, ...this.recipe.reward };
    await runSteps(trainReward(model, rankings, config, this.#run()), (step) =>
      this.options.onStep?.("reward", step),
    );
    const references = rankings.flatMap(({ prompt, completions }) =>
      completions.map((completion) => ({ prompt, completion })),
    );
    return await normaliseReward(model, references, {
      normalise: "shift-and-scale",
      ...this.#session(),
    });
  }

  /** Simulated labelers rank answers of the present policy beside demonstrations, some with slips. */
  async #rankAgain(answerer: Answerer, isFirst: boolean): Promise<void> {
    const count = isFirst ? this.recipe.rank.first : this.recipe.rank.again;
    const ranked = await this.#ranked(answerer, this.#prompts, count, `asked ${this.#asked}`);
    this.#asked += count;
    this.#rankings.push(...ranked);
  }

  async #ranked(
    answerer: Answerer,
    from: readonly string[],
    count: number,
    name: string,
  ): Promise<RankedExample[]> {
    const { rank } = this.recipe;
    const uniform = seededUniform(`rank ${this.options.seed} ${name}`);
    const prompts = Array.from({ length: count }, () => from[Math.floor(uniform() * from.length)]);
    const asked = prompts.flatMap((prompt) => Array.from({ length: rank.samples }, () => prompt));
    const answers = await answerer.answer(asked, {
      temperature: rank.temperature,
      seed: () => Math.floor(uniform() * 2 ** 31),
    });
    return prompts.flatMap((prompt, i) => {
      const { completion } = demonstrate(prompt);
      const slips = Array.from({ length: rank.slips }, () =>
        withSlips(completion, 1 + Math.floor(uniform() * 2), uniform),
      );
      const samples = answers.slice(i * rank.samples, (i + 1) * rank.samples);
      const demonstrations = rank.demonstrations > 0 ? [completion] : [];
      const all = [...samples.filter((text) => text !== null), ...demonstrations, ...slips];
      const completions = [...new Set(all)];
      if (completions.length < 2) return [];
      const habits = this.options.labelers ?? CAREFUL;
      const groups = simulateRanking(prompt, completions, uniform, habits);
      return impliedPairs(groups).length > 0 ? [{ prompt, completions, groups }] : [];
    });
  }

  async #recordReward(answerer: Answerer, reward: TextModel): Promise<void> {
    const heldOut = await this.#ranked(answerer, this.#heldOut, 100, `held out ${this.#asked}`);
    const { accuracy } = await evaluateReward(reward, heldOut, this.#session());
    const { exact, ordered } = this.#stages.at(-1)!; // the policy has not moved since
    await this.#record({ stage: "reward", exact, ordered, accuracy });
  }

  async #record(stage: Omit<Stage, "seconds" | "rankings">): Promise<void> {
    const seconds = (performance.now() - this.#started) / 1000;
    const whole = { ...stage, rankings: this.#asked, seconds };
    this.#stages.push(whole);
    await this.options.onStage?.(whole);
  }
}

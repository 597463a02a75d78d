import path from "node:path";
import { type CircleResult, heldOutPrompts, runCircle } from "../cli/sorter-circle";
import { type SorterMethod, sorterMethods } from "../cli/sorter-methods";
import { shellRecipe as recipe } from "../domain/sorter/recipe";
import { isExact } from "../domain/sorter/task";
import { createGenerator } from "../ml/generate/generator";
import { encodePrompts } from "../ml/rlhf/encode";
import { bestOfNKl } from "../ml/rlhf/formulas/kl";
import { createScorer } from "../ml/rlhf/score";
import { Random } from "../ml/runtime/random";
import { bestOfN } from "../ml/rlhf/formulas/best-of-n";
import { CsvTable } from "./csv";
import { results } from "./results";

export const SEEDS = [1, 2, 3, 4, 5];

/** One row a round, round 0 being the SFT model's; of best-of-n one row an n. */
export const sortTable = new CsvTable(path.join(results, "sort.csv"), [
  "seed",
  "method",
  "round",
  "n",
  "rankings",
  "exact",
  "sampled",
  "kl",
  "score",
  "pairs_right",
]);

/** Walks the example's circle by every method for every seed; what the table has is not done again. */
export async function measureSort(note: (text: string) => void): Promise<void> {
  for (const seed of SEEDS) {
    for (const method of sorterMethods) {
      const rows = await sortTable.rows();
      if (rows.some((row) => row.seed === seed && row.method === method)) continue;
      const result = await runCircle(recipe, { seed, method });
      const best = method === "ppo" ? await measureBestOfN(result, seed) : [];
      await sortTable.add([...rowsOf(result, seed, method), ...best]);
      const [first, last] = [result.stages[0], result.stages.at(-1)!];
      note(
        `seed ${seed}, ${method}: exact ${first.exact} → ${last.exact}, KL ${last.kl?.toFixed(2)} nats, ${last.seconds.toFixed(0)} s`,
      );
    }
  }
}

function rowsOf({ stages }: CircleResult, seed: number, method: SorterMethod) {
  const judged = stages.filter(({ stage }) => stage === "reward");
  return stages
    .filter(({ stage }) => stage !== "reward")
    .map(({ rankings, exact, sampled, kl = 0, score }, round) => ({
      seed,
      method,
      round,
      rankings,
      exact,
      sampled,
      kl,
      score,
      pairs_right: judged[round - 1]?.accuracy,
    }));
}

const NS = [1, 2, 4, 8, 16, 32];
const SAMPLES = 32; // a prompt

/** The SFT model's answers, the best of n by the circle's last reward model: no training at all. */
async function measureBestOfN({ sft, reward, stages }: CircleResult, seed: number) {
  const prompts = heldOutPrompts(recipe, seed);
  const generator = await createGenerator(sft, { threads: 1 });
  const scorer = await createScorer([reward!], { threads: 1 });
  try {
    const random = new Random(seed).fork("best of n");
    const ids = await encodePrompts(sft, prompts);
    const asked = ids.flatMap((prompt, p) =>
      Array.from({ length: SAMPLES }, () => ({ prompt, text: prompts[p] })),
    );
    const answers = await generator.generate(
      asked.map(({ prompt }, i) => ({
        ids: prompt,
        seed: random.fork(i).bits(),
        maxNewTokens: recipe.length + 2,
        temperature: recipe.ppo.temperature,
      })),
    );
    const scores = await scorer.scoreIds(
      asked.map(({ prompt }, i) => [...prompt, ...answers[i].ids]),
    );
    const samples = asked.map(({ prompt, text }, i) => {
      const { ids: tokens, finish } = answers[i];
      const isRight = finish === "stop" && isExact(text, sft.tokenizer.decodeAfter(prompt, tokens));
      return { score: finish === "stop" ? scores[i] : -Infinity, value: Number(isRight) };
    });
    const ofPrompt = (p: number) => samples.slice(p * SAMPLES, (p + 1) * SAMPLES);
    return NS.map((n) => ({
      seed,
      method: "best-of-n",
      n,
      rankings: stages.at(-1)!.rankings,
      sampled: prompts.reduce((sum, _, p) => sum + bestOfN(ofPrompt(p), n), 0) / prompts.length,
      kl: bestOfNKl(n),
    }));
  } finally {
    await scorer.dispose();
    await generator.dispose();
  }
}

import type { Generator } from "../ml/generate/generator";
import type { TextModel } from "../ml/rlhf/data";
import { Random } from "../ml/runtime/random";
import type { Answer, SamplingParams } from "../services/answering";

/** Draws for each prompt at first, as a share of what is wanted; repeats are thrown away. */
const surplus = 2;
/** A policy that repeats itself is asked again, a little warmer each time. */
const maxTries = 6;
const warmer = 1.25;

const defaultNewTokens = 128;

/** Whether two answers look the same to a reader. */
export const readsAs = (a: string, b: string): boolean => a.trim() === b.trim();

/**
 * Answers that differ, in the order in which they were drawn; a labeler could not rank equal ones.
 * @returns for each prompt `count` of them, or fewer where the policy has no more to say
 */
export async function sampleDistinct(
  { tokenizer, config }: TextModel,
  generator: Generator,
  prompts: readonly string[],
  { count, seed, ...sampling }: SamplingParams & { count: number; seed: number },
  signal?: AbortSignal,
): Promise<Answer[][]> {
  const rows = await tokenizer.encodeAll(prompts);
  const found: Answer[][] = prompts.map(() => []);
  const { maxNewTokens = defaultNewTokens } = sampling;
  for (let attempt = 0; attempt < maxTries; attempt++) {
    const missing = rows.flatMap((ids, prompt) => {
      const wanted = count - found[prompt].length;
      const room = config.context - ids.length;
      return wanted > 0 && room > 0 ? [{ ids, prompt, wanted, room }] : [];
    });
    if (missing.length === 0) break;
    const params = {
      ...sampling,
      temperature: (sampling.temperature ?? 1) * warmer ** attempt,
      maxNewTokens,
    };
    const random = new Random(seed).fork(`attempt ${attempt}`);
    const requests = missing.flatMap(({ ids, prompt, wanted, room }) =>
      Array.from({ length: Math.ceil(wanted * surplus) }, (_, draw) => ({
        prompt,
        ids,
        ...params,
        maxNewTokens: Math.min(maxNewTokens, room),
        seed: random.fork(`${prompt} ${draw}`).bits(),
      })),
    );
    const generated = await generator.generate(requests, { signal });
    generated.forEach(({ ids, finish }, i) => {
      const request = requests[i];
      const mine = found[request.prompt];
      // Kept as the policy wrote it, a leading blank too: that is what a reward model will score
      const text = tokenizer.decodeAfter(request.ids, ids);
      if (mine.length >= count || text.trim() === "" || mine.some((one) => readsAs(one.text, text)))
        return;
      mine.push({ text, seed: request.seed, finish, params });
    });
  }
  return found;
}

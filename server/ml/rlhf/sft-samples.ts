import { createGenerator } from "../generate/generator";
import type { SftExample, TextModel } from "./data";
import { encodePrompts } from "./encode";
import type { SftConfig } from "./sft-config";
import type { RunOptions, Sample } from "./step";

/** Lets a model answer the same few prompts at each evaluation, as its weights are at the time. */
export interface SftSamples {
  draw(): Promise<Sample[]>;
  dispose(): Promise<void>;
}

/** @returns null where none is wanted, or no held-out example has a prompt that leaves room for an answer */
export async function openSftSamples(
  model: TextModel,
  evaluation: readonly SftExample[],
  { samplePrompts, sampleTokens }: Pick<SftConfig, "samplePrompts" | "sampleTokens">,
  run: RunOptions,
): Promise<SftSamples | null> {
  const { context } = model.config;
  const prompts = evaluation.map(({ prompt }) => prompt).filter((prompt) => prompt !== "");
  const chosen = [...new Set(prompts)].slice(0, samplePrompts);
  const encoded = await encodePrompts(model, chosen);
  const rows = chosen
    .map((prompt, i) => ({ prompt, ids: encoded[i] }))
    .filter(({ ids }) => ids.length > 0 && ids.length < context);
  if (rows.length === 0) return null;
  const generator = await createGenerator(model, run);
  return {
    async draw() {
      const made = await generator.generate(
        rows.map(({ ids }) => ({
          ids,
          seed: 0,
          temperature: 0,
          maxNewTokens: Math.min(sampleTokens, context - ids.length),
        })),
        { signal: run.signal },
      );
      return made.map(({ ids, finish }, i) => ({
        prompt: rows[i].prompt,
        completion: model.tokenizer.decodeAfter(
          rows[i].ids,
          finish === "stop" ? ids.slice(0, -1) : ids,
        ),
        score: null,
        rawScore: null,
        tokens: null,
      }));
    },
    dispose: () => generator.dispose(),
  };
}

import type { Command } from "commander";
import { inspectModel } from "../ml/checkpoint/load-model";
import type { ModelConfig } from "../ml/nn/model";
import { type CommonFlags, idleOptions, examples } from "./options";
import { createOutput } from "./output";

export function modelInspect(parent: Command): void {
  const command = parent
    .command("inspect")
    .description("what a model folder holds, checked without loading it")
    .argument("<dir>", "model folder in Hugging Face layout");
  examples(
    idleOptions(command),
    `
Example:
  $ revealed model inspect models/TinyStories-656K`,
  ).action(async (dir: string, flags: CommonFlags) => {
    const { architecture, config, parameters, dtype, tensors, adapter } = await inspectModel(dir);
    const { context, vocab, tied, layers, width, heads, kvHeads, ffn } = config;
    const result = {
      architecture,
      parameters,
      context,
      vocab,
      dtype,
      tied,
      tensors: tensors.length,
      layers,
      width,
      heads,
      kv_heads: kvHeads,
      ffn,
      ...(adapter && {
        adapter: {
          base: adapter.base,
          parameters: adapter.parameters,
          rank: adapter.settings.rank,
          alpha: adapter.settings.alpha,
        },
      }),
      positions: positionsOf(config),
    };
    const beside = adapter && [
      `LoRA adapter of rank ${adapter.settings.rank}, alpha ${adapter.settings.alpha}: ${adapter.parameters.toLocaleString("en-US")} parameters beside ${adapter.base}`,
    ];
    createOutput(flags).result(result, [
      ...(beside ?? []),
      `${architecture}, ${parameters.toLocaleString("en-US")} parameters in ${tensors.length} tensors of ${dtype}`,
      `${layers} layers, width ${width}, ${heads} heads (${kvHeads} of keys and values), feed-forward ${ffn}`,
      `${result.positions} positions, context ${context}, vocabulary ${vocab}, ${tied ? "head tied to the embedding" : "head of its own"}`,
      "",
      ...tensors.map(({ name, dtype, shape }) => `${name}  ${dtype} [${shape.join(", ")}]`),
    ]);
  });
}

/** "learned", "rotary" or "rotary (yarn × 4, 0.25 of each head)" */
function positionsOf({ rope }: ModelConfig): string {
  if (rope === null) return "learned";
  const { scaling, partial } = rope;
  const details = [
    ...(scaling ? [`${scaling.type} × ${scaling.factor}`] : []),
    ...(partial === undefined ? [] : [`${partial} of each head`]),
  ];
  return details.length > 0 ? `rotary (${details.join(", ")})` : "rotary";
}

import { setImmediate } from "node:timers/promises";
import { AppError } from "../../domain/app-error";
import type { ModelConfig } from "../nn/model";
import type { BoundStep, DecodeProgram } from "./decode-program";
import { KeyValueCache } from "./kv-cache";
import type { Sequence } from "./sequence";
import { chooseToken } from "./sampling";

const FIRST_SLOTS = 128; // room beside the prompts at first; the cache doubles when it is used up
const FEWEST_TIME = 2; // a prompt of one token alone would take another kernel than beside longer ones
const BREATH = 20; // ms after which timers and messages of this process are let through: a run blocks them

/**
 * Completes a batch in one go: prompts first, then a token a row. Sequences that end leave the batch.
 * @param sequences filled in place @returns how many tokens each step made
 * @throws AppError cancelled
 */
export async function* decodeBatch(
  program: DecodeProgram,
  config: ModelConfig,
  sequences: readonly Sequence[],
  signal: AbortSignal | undefined,
): AsyncGenerator<number> {
  const active = [...sequences];
  const state = await program.open(program.rowsFor(active.length));
  try {
    const longest = Math.max(FEWEST_TIME, ...active.map(({ prompt }) => prompt.length));
    const needed = Math.max(longest, ...active.map(({ prompt, room }) => prompt.length + room));
    const slots = Math.min(needed, longest + FIRST_SLOTS);
    const cache = new KeyValueCache(config, program.rowsFor(active.length), slots);
    let step = program.bind(state, cache, longest);
    fillPrompts(step, active, longest);
    let breath = performance.now();
    for (;;) {
      if (signal?.aborted) throw new AppError("cancelled", "Generation was cancelled.");
      const running = step.run();
      if (running) await running;
      for (let row = 0; row < active.length; row++) next(active[row], step, row, config.vocab);
      if (performance.now() - breath > BREATH) {
        await setImmediate();
        breath = performance.now();
      }
      yield active.length;
      const longer = active.some((one) => lengthOf(one) > cache.slots);
      if (longer || step.time !== 1 || active.some(({ ended }) => ended)) await step.settle();
      for (let row = active.length - 1; row >= 0; row--) {
        if (!active[row].ended) continue;
        const last = active.pop()!;
        if (row === active.length) continue;
        active[row] = last;
        cache.moveRow(active.length, row);
      }
      if (active.length === 0) return;
      const rows = cache.rows;
      cache.rows = program.rowsFor(active.length);
      const length = active.reduce((most, sequence) => Math.max(most, lengthOf(sequence)), 0);
      const full = length > cache.slots;
      if (full) cache.grow(Math.min(needed, 2 * cache.slots));
      if (full || cache.rows !== rows || step.time !== 1) step = program.bind(state, cache, 1);
      fillTokens(step, active);
    }
  } finally {
    state.close();
  }
}

function lengthOf({ prompt, ids }: Sequence): number {
  return prompt.length + ids.length;
}

function fillPrompts({ batch }: BoundStep, active: readonly Sequence[], time: number): void {
  batch.temperatures.fill(1);
  for (const [row, { prompt, settings }] of active.entries()) {
    for (let t = 0; t < prompt.length; t++) {
      batch.ids[row * time + t] = prompt[t];
      batch.positions[row * time + t] = t;
    }
    batch.lengths[row] = prompt.length - 1;
    batch.last[row] = row * time + prompt.length - 1;
    batch.temperatures[row] = settings.temperature || 1;
  }
}

/** Rows beyond the active ones hold a token that nobody reads. */
function fillTokens({ batch }: BoundStep, active: readonly Sequence[]): void {
  for (let row = active.length; row < batch.last.length; row++) {
    batch.lengths[row] = 0;
    batch.temperatures[row] = 1;
  }
  for (let row = 0; row < active.length; row++) {
    const sequence = active[row];
    batch.ids[row] = sequence.ids[sequence.ids.length - 1];
    batch.lengths[row] = batch.positions[row] = lengthOf(sequence) - 1;
    batch.last[row] = row;
    batch.temperatures[row] = sequence.settings.temperature || 1;
  }
}

/** Chooses a row's next token and notes it. */
function next(sequence: Sequence, step: BoundStep, row: number, vocab: number): void {
  const logits = step.logits.subarray(row * vocab, (row + 1) * vocab);
  const probs = step.probs.subarray(row * vocab, (row + 1) * vocab);
  const { seen, settings, uniform } = sequence;
  const id = chooseToken(logits, probs, seen, settings, uniform);
  sequence.add(id, Math.log(probs[id]));
}

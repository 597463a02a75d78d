import { setImmediate } from "node:timers/promises";
import { AppError } from "../../domain/app-error";
import type { ModelConfig } from "../nn/model";
import type { BoundStep, DecodeProgram } from "./decode-program";
import { KeyValueCache } from "./kv-cache";
import type { Sequence, Token } from "./request";
import { chooseToken } from "./sampling";

const FIRST_SLOTS = 64; // room beside the prompts at first; the cache doubles when it is used up
const FEWEST_ROWS = 4; // fewer take other kernels, whose last digits differ: a request's tokens must not
const BREATH = 20; // ms after which timers and messages of this process are let through: a run blocks them

/**
 * Completes a batch in one go: prompts first, then a token a row. Sequences that end leave the batch.
 * @param sequences filled in place @returns the tokens of each step, in no particular order of rows
 * @throws AppError cancelled
 */
export async function* decodeBatch(
  program: DecodeProgram,
  config: ModelConfig,
  sequences: readonly Sequence[],
  signal: AbortSignal | undefined,
): AsyncGenerator<Token[]> {
  const active = [...sequences];
  const state = program.open(rowsFor(active));
  const longest = Math.max(...active.map(({ prompt }) => prompt.length));
  const needed = Math.max(...active.map(({ prompt, room }) => prompt.length + room));
  const cache = new KeyValueCache(config, rowsFor(active), Math.min(needed, longest + FIRST_SLOTS));
  let step = program.bind(state, cache, longest);
  fillPrompts(step, active, longest);
  let breath = performance.now();
  for (;;) {
    if (signal?.aborted) throw new AppError("cancelled", "Generation was cancelled.");
    await step.run();
    const tokens = active.map((sequence, row) => next(sequence, step, row, config.vocab));
    if (performance.now() - breath > BREATH) {
      await setImmediate();
      breath = performance.now();
    }
    yield tokens;
    const moves = active.some(ended) || Math.max(...active.map(lengthOf)) > cache.slots;
    if (moves || step.batch.ids.length !== cache.rows) await step.settle();
    for (let row = active.length - 1; row >= 0; row--) {
      if (!ended(active[row])) continue;
      const last = active.pop()!;
      if (row === active.length) continue;
      active[row] = last;
      cache.moveRow(active.length, row);
    }
    if (active.length === 0) return;
    const rows = cache.rows;
    cache.rows = rowsFor(active);
    const length = Math.max(...active.map(lengthOf));
    const full = length > cache.slots;
    if (full) cache.grow(Math.min(needed, 2 * cache.slots));
    if (full || cache.rows !== rows || step.batch.ids.length !== rows) {
      step = program.bind(state, cache, 1);
    }
    fillTokens(step, active);
  }
}

/** Rows beyond the active ones hold a token that nobody reads. */
function rowsFor(active: readonly Sequence[]): number {
  return Math.max(active.length, FEWEST_ROWS);
}

function lengthOf({ prompt, ids }: Sequence): number {
  return prompt.length + ids.length;
}

function ended({ ids, room, finish }: Sequence): boolean {
  return finish === "stop" || ids.length === room;
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

function fillTokens({ batch }: BoundStep, active: readonly Sequence[]): void {
  for (let row = active.length; row < batch.last.length; row++) {
    batch.lengths[row] = 0;
    batch.temperatures[row] = 1;
  }
  for (const [row, sequence] of active.entries()) {
    batch.ids[row] = sequence.ids.at(-1)!;
    batch.lengths[row] = batch.positions[row] = lengthOf(sequence) - 1;
    batch.last[row] = row;
    batch.temperatures[row] = sequence.settings.temperature || 1;
  }
}

/** Chooses a row's next token and notes it. */
function next(sequence: Sequence, step: BoundStep, row: number, vocab: number): Token {
  const { settings, prompt, ids, logProbs, stop, uniform } = sequence;
  const logits = step.logits.subarray(row * vocab, (row + 1) * vocab);
  const probs = step.probs.subarray(row * vocab, (row + 1) * vocab);
  const penalised = (settings.repetitionPenalty ?? 1) !== 1;
  const history = penalised ? [...prompt, ...ids] : [];
  const id = chooseToken(logits, probs, history, settings, uniform);
  const logProb = Math.log(probs[id]);
  ids.push(id);
  logProbs.push(logProb);
  if (stop.has(id)) sequence.finish = "stop";
  return { id, logProb };
}

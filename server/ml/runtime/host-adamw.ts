import type { AdamWOptions } from "../graph/optimizer";
import type { Weight, Weights } from "../graph/parameters";
import { adamWKernel, adamWNumbers, decays, paddedBytes } from "./adamw-kernel";

interface Place {
  name: string;
  weight: Weight;
  bank: Bank;
  /** Addresses in the bank's memory, of padded arrays. */
  w: number;
  m: number;
  v: number;
  g: number;
  /** bytes of one padded array */
  size: number;
  /** Whether decoupled weight decay applies. */
  decays: boolean;
}

/** One WebAssembly memory, which the arrays of some weights share. */
interface Bank {
  memory: WebAssembly.Memory;
  kernel: ReturnType<typeof adamWKernel>;
}

const PAGE = 2 ** 16;
/** Addresses are 32 bits, and the last page is left out so that an end is one too. */
const BANK = 2 ** 32 - PAGE;
/** Under the largest one, so that banks are filled well and freed apart. */
const FULL = 2 ** 30;

/**
 * AdamW outside the graph, on the CPU: weights, moments and gradients lie in WebAssembly memory, where
 * programs read and write them in place; one pass over them is a step (decision 0003).
 */
export class HostAdamW {
  readonly #places: Place[];
  /** Where the next step's gradients are to be written, by weight. */
  readonly gradients: Weights = new Map();
  /** m.NAME and v.NAME */
  readonly moments: Weights = new Map();

  /** @param weights those that learn; their `data` moves here, and back by `release` */
  constructor(
    weights: ReadonlyMap<string, Weight>,
    private readonly options: AdamWOptions,
  ) {
    this.#places = place(weights, options);
    for (const one of this.#places) {
      const view = (at: number): Weight => ({
        shape: one.weight.shape,
        data: new Float32Array(one.bank.memory.buffer, at, one.weight.data.length),
      });
      this.gradients.set(one.name, view(one.g));
      this.moments.set(`m.${one.name}`, view(one.m));
      this.moments.set(`v.${one.name}`, view(one.v));
    }
    this.adopt();
  }

  /** Moves the weights' numbers here, also when another trainer has had them since. */
  adopt(): void {
    for (const { weight, bank, w } of this.#places) {
      if (weight.data.buffer === bank.memory.buffer) continue;
      const data = new Float32Array(bank.memory.buffer, w, weight.data.length);
      data.set(weight.data);
      weight.data = data;
    }
  }

  /** Gives the weights arrays of their own, so that this memory can be freed. */
  release(): void {
    for (const { weight, bank } of this.#places)
      if (weight.data.buffer === bank.memory.buffer) weight.data = weight.data.slice();
  }

  /** √Σg² over all gradients. */
  norm(): number {
    let sum = 0;
    for (const { bank, g, size } of this.#places) sum += bank.kernel.sumSquares(g, g + size);
    return Math.sqrt(sum);
  }

  /**
   * One update from the gradients, as graph/optimizer.ts has it.
   * @param step counts from 1 @param norm of the gradients, for clipping
   */
  step(lr: number, step: number, norm: number): void {
    const { plain, decayed } = adamWNumbers(this.options, { lr, step, norm });
    for (const { bank, decays: isDecayed, size, ...at } of this.#places)
      bank.kernel.adamW({ ...at, end: at.w + size }, isDecayed ? decayed : plain);
  }
}

/** Whether these weights fit, each with its gradient and moments, into memories of 32-bit addresses. */
export function fitsHostAdamW(weights: ReadonlyMap<string, Weight>): boolean {
  return [...weights.values()].every(({ data }) => 4 * paddedBytes(data.length) <= BANK);
}

function place(weights: ReadonlyMap<string, Weight>, options: AdamWOptions): Place[] {
  const groups: [string, Weight][][] = [];
  let room = 0;
  for (const entry of weights) {
    const need = 4 * paddedBytes(entry[1].data.length);
    if (need > room) {
      groups.push([]);
      room = Math.max(FULL, need);
    }
    groups.at(-1)!.push(entry);
    room -= need;
  }
  return groups.flatMap((group) => {
    const bytes = group.reduce((sum, [, { data }]) => sum + 4 * paddedBytes(data.length), 0);
    const pages = Math.ceil(bytes / PAGE);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const bank = { memory, kernel: adamWKernel(memory) };
    let at = 0;
    return group.map(([name, weight]) => {
      const size = paddedBytes(weight.data.length);
      const [w, m, v, g] = [at, at + size, at + 2 * size, at + 3 * size];
      at += 4 * size;
      return { name, weight, bank, w, m, v, g, size, decays: decays(weight, options) };
    });
  });
}

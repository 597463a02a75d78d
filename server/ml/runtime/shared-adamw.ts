import type { AdamWOptions } from "../graph/optimizer";
import type { Weight, Weights } from "../graph/parameters";
import { decays, kernelBlock, paddedBytes } from "./adamw-kernel";

const PAGE = 2 ** 16;
const BLOCK = kernelBlock * Float32Array.BYTES_PER_ELEMENT;

/** A run of whole blocks of one weight, in bytes from the first weight's beginning. */
export interface Piece {
  from: number;
  end: number;
  decays: boolean;
}

/**
 * What AdamW needs of some weights, in a memory that threads share: weights, moments, and each lane's gradients,
 * one region after another, all laid out alike.
 */
export class SharedAdamW {
  readonly memory: WebAssembly.Memory;
  /** Bytes of one region. */
  readonly size: number;
  /** Where each weight begins in a region, in bytes. */
  readonly places: ReadonlyMap<string, number>;
  /** m.NAME and v.NAME */
  readonly moments: Weights = new Map();
  readonly #pieces: readonly Piece[];

  /** @param weights those that learn @param lanes that have gradients */
  constructor(weights: ReadonlyMap<string, Weight>, options: AdamWOptions, lanes: number) {
    const places = new Map<string, number>();
    let size = 0;
    for (const [name, { data }] of weights) {
      places.set(name, size);
      size += paddedBytes(data.length);
    }
    const pages = Math.ceil(((3 + lanes) * size) / PAGE);
    this.memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    this.size = size;
    this.places = places;
    for (const [i, moment] of ["m", "v"].entries())
      for (const [name, { shape, data }] of weights) {
        const at = (1 + i) * size + places.get(name)!;
        const view = new Float32Array(this.memory.buffer, at, data.length);
        this.moments.set(`${moment}.${name}`, { shape, data: view });
      }
    this.#pieces = [...weights].map(([name, weight]) => {
      const from = places.get(name)!;
      return { from, end: from + paddedBytes(weight.data.length), decays: decays(weight, options) };
    });
  }

  /** The blocks dealt to lanes, each as much as another. */
  shares(lanes: number): Piece[][] {
    const blocks = this.size / BLOCK;
    return Array.from({ length: lanes }, (_, lane) => {
      const [first, last] = [lane, lane + 1].map((i) => Math.round((blocks * i) / lanes) * BLOCK);
      return this.#pieces
        .map((piece) => ({
          ...piece,
          from: Math.max(piece.from, first),
          end: Math.min(piece.end, last),
        }))
        .filter(({ from, end }) => from < end);
    });
  }

  /** Copies a weight's numbers to where the next update reads them. */
  write(name: string, data: Float32Array): void {
    const at = this.places.get(name)!;
    new Float32Array(this.memory.buffer, at, data.length).set(data);
  }
}

import { cacheHeadDim } from "../nn/attention";
import type { ModelConfig, Weight } from "../nn/model";

/**
 * Keys and values of a batch that decodes: for each layer [rows, kvHeads, slots, cacheHeadDim],
 * twice. The first rows are
 * in use, so that a batch can shrink without a copy of the others.
 */
export class KeyValueCache {
  /** rows in use; may be lowered */
  rows: number;
  slots: number;
  readonly #headDim: number;
  #layers: { key: Float32Array; value: Float32Array }[];

  constructor(
    private readonly config: ModelConfig,
    rows: number,
    slots: number,
  ) {
    this.rows = rows;
    this.slots = slots;
    this.#headDim = cacheHeadDim(config);
    this.#layers = Array.from({ length: config.layers }, () => ({
      key: new Float32Array(rows * this.#rowSize),
      value: new Float32Array(rows * this.#rowSize),
    }));
  }

  get #rowSize(): number {
    return this.config.kvHeads * this.slots * this.#headDim;
  }

  /** Views of the rows in use. */
  layers(): { key: Weight; value: Weight }[] {
    const shape = [this.rows, this.config.kvHeads, this.slots, this.#headDim];
    const view = (data: Float32Array) => ({
      shape,
      data: data.subarray(0, this.rows * this.#rowSize),
    });
    return this.#layers.map(({ key, value }) => ({ key: view(key), value: view(value) }));
  }

  /** Puts a row in the place of another. */
  moveRow(from: number, to: number): void {
    const size = this.#rowSize;
    for (const { key, value } of this.#layers) {
      for (const data of [key, value]) data.copyWithin(to * size, from * size, (from + 1) * size);
    }
  }

  /** Makes room for longer rows. */
  grow(slots: number): void {
    const { kvHeads } = this.config;
    const [from, to] = [this.slots * this.#headDim, slots * this.#headDim];
    const widen = (old: Float32Array) => {
      const wide = new Float32Array(this.rows * kvHeads * to);
      for (let head = 0; head < this.rows * kvHeads; head++) {
        wide.set(old.subarray(head * from, (head + 1) * from), head * to);
      }
      return wide;
    };
    this.#layers = this.#layers.map(({ key, value }) => ({ key: widen(key), value: widen(value) }));
    this.slots = slots;
  }
}

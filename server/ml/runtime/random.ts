/**
 * Seeded random numbers: xoshiro128** (Blackman and Vigna 2018), seeded by SplitMix32 over a hash.
 * The same seed gives the same numbers on every machine; `fork` gives an independent stream that
 * depends on the name alone, not on what was drawn before.
 */
export class Random {
  #seed: string;
  #s: Uint32Array;

  constructor(seed: number | string) {
    this.#seed = String(seed);
    this.#s = expand(this.#seed);
  }

  /** A stream of its own for a purpose: `fork("shuffle").fork("epoch 3")`. */
  fork(name: string | number): Random {
    return new Random(`${this.#seed}/${name}`);
  }

  /** 32 random bits. */
  bits(): number {
    const s = this.#s;
    const result = Math.imul(rotate(Math.imul(s[1], 5), 7), 9) >>> 0;
    const t = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 11);
    return result;
  }

  /** In [0, 1), 53 bits. */
  uniform(): number {
    return ((this.bits() >>> 5) * 2 ** 26 + (this.bits() >>> 6)) / 2 ** 53;
  }

  /** A whole number in [0, n), each as likely. */
  below(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  /** Mean 0, standard deviation 1 (Box and Muller 1958; one of the pair). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  fillNormal(data: Float32Array, deviation: number): void {
    for (let i = 0; i < data.length; i++) data[i] = deviation * this.normal();
  }

  /** A new array in random order (Fisher and Yates). */
  shuffle<T>(items: readonly T[]): T[] {
    const all = [...items];
    for (let i = all.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [all[i], all[j]] = [all[j], all[i]];
    }
    return all;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)];
  }

  /** What a checkpoint keeps; `Random.restore` goes on exactly here. */
  state(): RandomState {
    return { seed: this.#seed, state: [...this.#s] };
  }

  static restore({ seed, state }: RandomState): Random {
    const random = new Random(seed);
    random.#s = Uint32Array.from(state);
    return random;
  }
}

export interface RandomState {
  seed: string;
  state: number[];
}

const rotate = (x: number, k: number): number => (x << k) | (x >>> (32 - k));

/** FNV-1a over the UTF-16 units, then SplitMix32 for four words that are never all zero. */
function expand(seed: string): Uint32Array {
  let a = 0x811c9dc5;
  let b = 0x01234567;
  for (let i = 0; i < seed.length; i++) {
    a = Math.imul(a ^ seed.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ seed.charCodeAt(i), 0x85ebca6b) ^ (b >>> 13);
  }
  const mix = (x: number): number => {
    let z = (x + 0x9e3779b9) | 0;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
  return Uint32Array.of(mix(a), mix(a ^ b), mix(b), mix(a + b + 1) | 1);
}

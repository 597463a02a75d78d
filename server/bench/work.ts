/** What a side of a comparison is given when it opens. */
export interface Setting {
  /** Holds the files that `prepare` wrote. */
  readonly folder: string;
  readonly threads: number;
}

/** One run of a side. */
export interface Run {
  /** Milliseconds, where not all of the run counts. */
  readonly ms?: number;
  /** A number that both sides must reach in their first runs: the loss, or the tokens made. */
  readonly check?: number;
}

/** A side that stays open over the turns and does its work when told. */
export interface Runner {
  run(): Promise<Run>;
  dispose(): Promise<void>;
}

type Open = (setting: Setting) => Promise<Runner>;

/** The same work in Python: a script of server/bench/peers and what it is told. */
export interface Peer {
  readonly name: string;
  readonly script: string;
  /** Whether it multiplies by MKL as PyTorch does, which tuning.ts makes faster. */
  readonly tunable: boolean;
  readonly options: Readonly<Record<string, string | number | boolean>>;
}

/** One row of a benchmark: something that is done again and again, here and elsewhere. */
export interface Work {
  readonly name: string;
  /** Counted runs beside each peer, where --runs does not say. */
  readonly runs: number;
  /** Runs before those, which do not count; default 2. */
  readonly warmUps?: number;
  /** Of one run. */
  readonly tokens?: number;
  /** Floating-point operations of one run. */
  readonly flops?: number;
  /** [m, k, n] of the bare product that shows what this machine can do. */
  readonly gemm?: readonly [m: number, k: number, n: number];
  /** How far the checks of two sides may differ; default 0. */
  readonly tolerance?: number;
  /** Writes what every side reads. */
  prepare(folder: string): Promise<void>;
  readonly open: Open;
  /** Other ways in the same engine, by name: peers that need no Python. */
  readonly ways?: Readonly<Record<string, Open>>;
  readonly peers: readonly Peer[];
}

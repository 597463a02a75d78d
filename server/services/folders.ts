import path from "node:path";

/** Where this install keeps what is not in the database. */
export interface Folders {
  /** REVEALED_DATA, else `./data`. */
  readonly data: string;
  /** Models that training makes, and any that somebody drops in. */
  readonly models: string;
  /** `./models` of the install: shipped and dropped-in models. */
  readonly shippedModels: string;
  readonly snapshots: string;
  /** `runs/RUN/checkpoints` */
  readonly runs: string;
}

export function foldersIn(data: string, shippedModels = path.resolve("models")): Folders {
  return {
    data,
    models: path.join(data, "models"),
    shippedModels,
    snapshots: path.join(data, "snapshots"),
    runs: path.join(data, "runs"),
  };
}

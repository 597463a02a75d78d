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
  /** One folder a run: `tensorboard --logdir` shows them all. */
  readonly tensorboard: string;
}

const insideOf = (folder: string, file: string): string | null => {
  const inside = path.relative(folder, file);
  return inside.startsWith("..") || path.isAbsolute(inside) ? null : inside.replaceAll("\\", "/");
};

/**
 * How the database names a file: `data/…` below REVEALED_DATA, `models/…` below the install's models, so that
 * either can be moved. What lies elsewhere keeps its whole path.
 */
export function storedPath({ data, shippedModels }: Folders, file: string): string {
  const inData = insideOf(data, file);
  if (inData !== null) return `data/${inData}`;
  const shipped = insideOf(shippedModels, file);
  return shipped === null ? file : `models/${shipped}`;
}

/** Where a file that the database names lies now. */
export function absolutePath({ data, shippedModels }: Folders, stored: string): string {
  if (path.isAbsolute(stored)) return stored;
  const [root, ...inside] = stored.split("/");
  return path.join(root === "models" ? shippedModels : data, ...inside);
}

export function foldersIn(data: string, shippedModels = path.resolve("models")): Folders {
  return {
    data,
    models: path.join(data, "models"),
    shippedModels,
    snapshots: path.join(data, "snapshots"),
    runs: path.join(data, "runs"),
    tensorboard: path.join(data, "tensorboard"),
  };
}

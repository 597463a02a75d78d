import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Folders } from "./folders";

const known = new Map<string, string>();

/** The key that signs sessions: made on first use, kept beside the database, readable by its owner only. */
export function sessionSecret({ data }: Folders): string {
  const secret = known.get(data) ?? readSecret(data); // asked for at every request
  known.set(data, secret);
  return secret;
}

function readSecret(data: string): string {
  const file = path.join(data, "secret");
  try {
    mkdirSync(data, { recursive: true });
    writeFileSync(file, randomBytes(32).toString("hex"), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return readFileSync(file, "utf8");
}

import { hash, verify } from "@node-rs/argon2";
import { z } from "zod";

/** Length is what makes a password strong; the upper bound keeps hashing cheap. */
export const zPassword = z
  .string()
  .min(10, "Choose a password of at least 10 characters.")
  .max(200, "Choose a password of at most 200 characters.");

/** argon2id, OWASP's parameters (19 MiB, 2 passes). */
export const hashPassword = (password: string): Promise<string> => hash(password);

let nobody: Promise<string> | null = null;

/** Takes as long for an unknown person (`null`) as for a wrong password, so that time tells nothing. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  nobody ??= hash("a password of nobody");
  const right = await verify(stored ?? (await nobody), password);
  return stored !== null && right;
}

import type { z } from "zod";
import { AppError } from "../domain/app-error";
import { readJsonObject } from "./files";
import { nearest } from "./nearest";

/**
 * A command's configuration: the schema's defaults, over them `--config FILE`, over them the flags.
 * What flags imply of other options gives way to the file. Keys may be written camelCase, snake_case or kebab-case.
 * @throws AppError bad-input: an unknown key (with the nearest known one) or a value out of range
 */
export async function configOf<S extends z.ZodObject>(
  schema: S,
  flags: Readonly<Record<string, unknown>>,
  file?: string,
  implied: Readonly<Record<string, unknown>> = {},
): Promise<z.infer<S>> {
  const known = Object.keys(schema.shape);
  const given: Record<string, unknown> = { ...implied };
  if (file !== undefined) {
    for (const [key, value] of Object.entries(await readJsonObject(file))) {
      given[knownKey(key, known, file)] = value;
    }
  }
  for (const [key, value] of Object.entries(flags)) {
    if (value !== undefined) given[key] = value;
  }
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const key = issue.path.map(String).join(".");
  const source =
    file !== undefined && !(key in flags && flags[key] !== undefined) ? `${file}: ` : "";
  const value = JSON.stringify(issue.path.reduce<unknown>((v, k) => (v as never)?.[k], given));
  throw new AppError(
    "bad-input",
    `${source}option "${key}" cannot be ${value ?? "left out"}: ${issue.message}; correct it.`,
  );
}

function knownKey(key: string, known: readonly string[], file: string): string {
  const plain = (name: string) => name.toLowerCase().replaceAll(/[-_]/g, "");
  const found = known.find((candidate) => plain(candidate) === plain(key));
  if (found !== undefined) return found;
  const guess = nearest(key, known);
  const hint = guess === null ? "leave it out" : `did you mean "${guess}"`;
  throw new AppError(
    "bad-input",
    `${file}: unknown option "${key}"; ${hint}? All options: ${known.join(", ")}.`,
  );
}

/** The options of a schema as lines of `--help`: name, default, meaning. */
export function describeConfig(schema: z.ZodObject): string {
  const rows = Object.entries(schema.shape).map(([key, type]) => {
    const field = type as z.ZodType;
    const fallback = field.safeParse(undefined);
    const value =
      fallback.success && fallback.data !== undefined ? JSON.stringify(fallback.data) : "";
    return { key, value, meaning: field.description ?? "" };
  });
  const keys = Math.max(...rows.map((row) => row.key.length));
  const values = Math.max(...rows.map((row) => row.value.length));
  return rows
    .map(({ key, value, meaning }) =>
      `  ${key.padEnd(keys)}  ${value.padEnd(values)}  ${meaning}`.trimEnd(),
    )
    .join("\n");
}

import type { z } from "zod";
import { AppError } from "../app-error";

/** Where a row stands: lines are counted from 1, blank ones too. */
export interface Where {
  readonly file: string;
  readonly line: number;
}

/** One line of a file, still text. */
export interface Line {
  readonly line: number;
  readonly text: string;
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** A bad row, said in one sentence: where, what, what to do. */
export function badRow(where: Where, what: string, todo: string): AppError {
  return new AppError("bad-input", `${where.file}, line ${where.line}: ${what}; ${todo}.`);
}

/** Reads one JSON object from a line. */
export function objectOf(text: string, where: Where): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? ` (${error.message})` : "";
    throw badRow(where, `this is not JSON${why}`, "write one whole JSON object on each line");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw badRow(
      where,
      `this is JSON, but ${Array.isArray(value) ? "a list" : typeof value}, not an object`,
      'write one object on each line, such as {"prompt": "…"}',
    );
  }
  return value as JsonObject;
}

/** `object` as `schema` has it; the first thing that is wrong names its field. */
export function parseRow<T>(schema: z.ZodType<T>, object: JsonObject, where: Where): T {
  const parsed = schema.safeParse(object);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = fieldName(issue.path);
  if (issue.code === "unrecognized_keys") {
    throw badRow(where, `unknown field "${issue.keys.join('", "')}"`, "leave it out");
  }
  const present = valueAt(object, issue.path) !== undefined;
  if (!present) {
    const have = Object.keys(object);
    const has = have.length === 0 ? "the row is empty" : `the row has ${have.join(", ")}`;
    throw badRow(where, `field "${field}" is missing (${has})`, `add "${field}"`);
  }
  throw badRow(where, `field "${field}": ${lowerFirst(issue.message)}`, `correct "${field}"`);
}

/** `completions[2].text`, as a person would write the way to a value. */
function fieldName(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (name, key) =>
      typeof key === "number"
        ? `${name}[${key}]`
        : name === ""
          ? String(key)
          : `${name}.${String(key)}`,
    "",
  );
}

function valueAt(object: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    object,
  );
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

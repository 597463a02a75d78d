import type { Cases } from "./case";
import type { Folder } from "./files";

/**
 * Knows one kind of vectors by its shape, never by its name or numbers: a second set with other
 * folder names is checked as this one is.
 */
export interface JsonChecker {
  /** whether a JSON file holds vectors of this kind */
  matches(value: unknown): boolean;
  run(cases: Cases, place: Place, value: unknown): Promise<void> | void;
}

/** Where a JSON file stands; `name` starts the names of its cases. */
export interface Place {
  readonly folder: Folder;
  readonly file: string;
  readonly name: string;
}

/** Whether `value` is an object with all of these keys. */
export function hasKeys(value: unknown, ...keys: string[]): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return keys.every((key) => key in value);
}

/** Whether `value` is a list of objects with all of these keys. */
export function listOf(value: unknown, ...keys: string[]): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((item) => hasKeys(item, ...keys));
}

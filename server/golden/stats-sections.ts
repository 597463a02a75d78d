import { type Cases, Mismatch } from "./case";
import { listOf } from "./checker";
import { expectClose, expectSame, FLOAT64, type Num, type Tolerance } from "./close";

/** Of each section: the keys that its cases have, and the check of one. */
export type Sections = Readonly<
  Record<string, readonly [keys: readonly string[], check: (one: never) => void]>
>;

/** Checks the lists of a file, one case an entry; a list of another shape is a case that fails. */
export async function eachSection(
  cases: Cases,
  name: string,
  value: unknown,
  sections: Sections,
): Promise<void> {
  for (const [key, [keys, check]] of Object.entries(sections)) {
    const list = (value as Record<string, unknown>)[key];
    if (list === undefined) continue;
    const entries = Array.isArray(list) ? list : [list];
    for (const [i, one] of entries.entries()) {
      const title = (one as { name?: unknown }).name;
      await cases.check(`${name} ${key} ${typeof title === "string" ? title : i + 1}`, () => {
        if (!listOf([one], ...keys)) throw new Mismatch(`a case without ${keys.join(", ")}`);
        check(one as never);
      });
    }
  }
}

/** A number, or null where it is undefined. */
export function expectMaybe(
  what: string,
  got: number | null,
  expected: unknown,
  tolerance: Tolerance = FLOAT64,
): void {
  if (got === null || expected === null || expected === "NaN") {
    expectSame(what, got, expected === "NaN" ? null : expected);
  } else expectClose(what, got, expected as Num, tolerance);
}

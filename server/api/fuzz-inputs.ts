import * as fc from "fast-check";
import type { z } from "zod";

/** Texts that break what was not thought through: nothing, blanks, control characters, halves of characters, HTML, SQL. */
export const hostileTexts = [
  "",
  " ",
  "\u0000",
  "before\u0000after",
  "\ud800 lone half",
  "\udc00",
  "\u202eorder\u2066turned",
  "\u200b",
  "<img src=x onerror=alert(1)><script>alert(2)</script>",
  "' OR 1=1; DROP TABLE user; --",
  "%_\\",
  "__proto__",
  "constructor",
  "0",
  "NaN",
  "../../etc/passwd",
  "ä".repeat(300),
  "a@b.co",
  "2026-02-30T99:00:00Z",
  "한국어 👩‍👩‍👧‍👦",
];

/** Numbers at the edges of what columns, dates and loops take. */
const hostileNumbers = [
  0,
  -1,
  0.5,
  1e-320,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53 - 1,
  2 ** 53,
  1e300,
  Number.NaN,
  Number.POSITIVE_INFINITY,
];

/** Anything that JSON, and superjson over it, can carry. */
const anything = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, true, [], {}, [[]], new Date(Number.NaN), 10n),
  fc.constantFrom(...hostileTexts),
  fc.constantFrom(...hostileNumbers),
  fc.jsonValue({ maxDepth: 3 }),
);

/**
 * Inputs near a schema: each part right most of the time, so that calls get past the schema and into the services,
 * and each now and then of another kind, out of bounds, or missing.
 * @param known ids and words that rows have, so that calls meet them
 */
export function inputsNear(
  schema: z.core.$ZodType,
  known: readonly string[],
): fc.Arbitrary<unknown> {
  const near = (part: z.core.$ZodType) => inputsNear(part, known);
  const right = rightFor(schema as z.core.$ZodTypes, near, known);
  return fc.oneof({ arbitrary: right, weight: 20 }, { arbitrary: anything, weight: 1 });
}

function rightFor(
  schema: z.core.$ZodTypes,
  near: (part: z.core.$ZodType) => fc.Arbitrary<unknown>,
  known: readonly string[],
): fc.Arbitrary<unknown> {
  // oxlint-disable-next-line no-underscore-dangle -- where a schema says what it is made of
  const { def } = schema._zod;
  switch (def.type) {
    case "string":
      return fc.oneof(
        { arbitrary: fc.constantFrom(...known), weight: 6 },
        { arbitrary: fc.constantFrom(...hostileTexts), weight: 2 },
        { arbitrary: fc.string(), weight: 1 },
      );
    case "number":
      return fc.oneof(
        { arbitrary: fc.integer({ min: 1, max: 9 }), weight: 5 },
        { arbitrary: fc.double({ min: 0, max: 1, noNaN: true }), weight: 1 },
        { arbitrary: fc.constantFrom(...hostileNumbers), weight: 3 },
      );
    case "boolean":
      return fc.boolean();
    case "date":
      return fc.oneof(
        fc.date(),
        fc.constantFrom(new Date(0), new Date(8.64e15), new Date(-8.64e15)),
      );
    case "null":
      return fc.constant(null);
    case "literal":
      return fc.constantFrom(...def.values);
    case "enum":
      return fc.constantFrom(...Object.values(def.entries));
    case "object": {
      const parts = Object.entries(def.shape).map(([key, part]) => [key, near(part)]);
      const shape = Object.fromEntries(parts) as Record<string, fc.Arbitrary<unknown>>;
      return fc.oneof(
        { arbitrary: fc.record(shape), weight: 9 },
        { arbitrary: fc.record(shape, { requiredKeys: [] }), weight: 1 },
      );
    }
    case "array":
      return fc.array(near(def.element), { maxLength: 5 });
    case "tuple":
      return fc.tuple(...def.items.map(near));
    case "record":
      return fc.dictionary(near(def.keyType).map(String), near(def.valueType), { maxKeys: 4 });
    case "union":
      return fc.oneof(...def.options.map(near));
    case "optional":
    case "default":
    case "prefault":
    case "nullable": {
      const absent = def.type === "nullable" ? null : undefined;
      return fc.oneof(
        { arbitrary: near(def.innerType), weight: 3 },
        { arbitrary: fc.constant(absent), weight: 1 },
      );
    }
    case "pipe":
      return near(def.in);
    case "unknown":
    case "any":
      return anything;
    default:
      throw new Error(`the fuzz knows no inputs for a schema of type ${def.type}`);
  }
}

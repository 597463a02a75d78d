import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  assert,
  asyncProperty,
  bigInt,
  constantFrom,
  dictionary,
  integer,
  jsonValue,
  nat,
  oneof,
  record,
  string,
  tuple,
} from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AppError } from "../../domain/app-error";
import { readSafetensors, readSafetensorsHeader } from "./safetensors";

let dir: string;
let path: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "revealed-fuzz-"));
  path = join(dir, "x.safetensors");
});
afterAll(() => rm(dir, { recursive: true }));

interface Entry {
  dtype: unknown;
  shape: unknown[];
  data_offsets: unknown[];
}

/** Three tensors of 24, 8 and 6 bytes, one after another. */
const good = (): Record<string, Entry> => ({
  first: { dtype: "F32", shape: [2, 3], data_offsets: [0, 24] },
  second: { dtype: "F32", shape: [2], data_offsets: [24, 32] },
  third: { dtype: "F16", shape: [3], data_offsets: [32, 38] },
});
const DATA = 38;

async function readFileOf(header: string, length = BigInt(Buffer.byteLength(header)), data = DATA) {
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt.asUintN(64, length));
  await writeFile(path, Buffer.concat([size, Buffer.from(header), Buffer.alloc(data)]));
  return readSafetensors(path).catch((error: unknown) => error);
}

/** @throws unless it is a refusal in one line that names one of these */
function expectRefusal(result: unknown, ...names: string[]): void {
  expect(result).toBeInstanceOf(AppError);
  const { code, message } = result as AppError;
  expect(code).toBe("bad-input");
  expect(message.length).toBeLessThan(2000);
  const named = names.length === 0 || names.some((name) => message.includes(`tensor ${name} `));
  expect(named).toBe(true);
}

const names = constantFrom("first", "second", "third");
const numbers = oneof(integer(), nat(100), constantFrom(2 ** 53, 2 ** 60, -0, 0.5, 1e300));

describe("refused by the tensor's name:", () => {
  test("an untouched file is read", async () => {
    expect(await readFileOf(JSON.stringify(good()))).not.toBeInstanceOf(Error);
  });

  test("offsets that overlap, run backwards, leave gaps or leave the file", async () => {
    await assert(
      asyncProperty(names, tuple(numbers, numbers), async (name, data_offsets) => {
        const header = good();
        if (header[name].data_offsets.join() === data_offsets.map((x) => x + 0).join()) return;
        header[name].data_offsets = data_offsets;
        // where one tensor moves, it is its neighbour that overlaps or follows a gap
        expectRefusal(await readFileOf(JSON.stringify(header)), "first", "second", "third");
      }),
      { numRuns: 100 },
    );
  });

  test("a shape or a dtype that is not that of the bytes", async () => {
    const shapes = record({ name: names, shape: tuple(numbers, numbers) });
    const dtypes = record({
      name: names,
      dtype: oneof(string(), jsonValue(), constantFrom("F64", "I8")),
    });
    await assert(
      asyncProperty(oneof(shapes, dtypes), async ({ name, ...change }) => {
        const header = good();
        Object.assign(header[name], change);
        const size = header[name].shape.reduce<number>((n, dim) => n * Number(dim), 1);
        const whole = header[name].shape.every(
          (dim) => Number.isSafeInteger(dim) && Number(dim) >= 0,
        );
        if (whole && size === good()[name].shape.reduce<number>((n, dim) => n * Number(dim), 1)) {
          if (header[name].dtype === good()[name].dtype) return;
        }
        expectRefusal(await readFileOf(JSON.stringify(header)), name);
      }),
      { numRuns: 100 },
    );
  });

  test("names that are there twice", async () => {
    await assert(
      asyncProperty(names, names, async (name, before) => {
        const header = good();
        const text = JSON.stringify(header);
        const again = `${JSON.stringify(name)}:${JSON.stringify(header[name])},`;
        const at = text.indexOf(`"${before}"`);
        expectRefusal(await readFileOf(text.slice(0, at) + again + text.slice(at)), name);
      }),
    );
  });

  test("data that is cut short", async () => {
    await assert(
      asyncProperty(nat(DATA - 1), async (data) => {
        expectRefusal(
          await readFileOf(JSON.stringify(good()), undefined, data),
          "first",
          "second",
          "third",
        );
      }),
    );
  });
});

test("a header's length that lies is refused, and nothing is allocated for it", async () => {
  const header = JSON.stringify(good());
  await assert(
    asyncProperty(bigInt({ min: 0n, max: 2n ** 64n - 1n }), async (length) => {
      if (length === BigInt(header.length)) return;
      const before = process.memoryUsage().arrayBuffers;
      expectRefusal(await readFileOf(header, length));
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1e6);
    }),
    { numRuns: 100 },
  );
});

test("headers of any JSON are refused, however odd", async () => {
  const odd = oneof(jsonValue(), dictionary(string(), jsonValue({ maxDepth: 4 }), { minKeys: 1 }));
  await assert(
    asyncProperty(odd, async (value) => {
      expectRefusal(await readFileOf(JSON.stringify(value)));
    }),
    { numRuns: 100 },
  );
});

test("a tensor larger than memory can be is refused by name, a file with holes or not", async () => {
  const bytes = 2 ** 44;
  const header = JSON.stringify({
    huge: { dtype: "F32", shape: [bytes / 4], data_offsets: [0, bytes] },
  });
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(header.length));
  await writeFile(path, Buffer.concat([size, Buffer.from(header)]));
  expectRefusal(await readSafetensors(path).catch((error: unknown) => error), "huge");
  const file = await open(path, "r+");
  const sparse = await file.truncate(8 + header.length + bytes).then(
    () => true,
    () => false, // a file system without files so large
  );
  await file.close();
  if (!sparse) return;
  expect((await readSafetensorsHeader(path)).tensors.size).toBe(1);
  expectRefusal(await readSafetensors(path).catch((error: unknown) => error), "huge");
});

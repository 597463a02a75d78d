import { z } from "zod";
import { AppError } from "../../domain/app-error";

/** Bytes an element of each dtype takes. */
export const dtypeBytes = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E4M3: 1,
  F8_E5M2: 1,
  I16: 2,
  U16: 2,
  F16: 2,
  BF16: 2,
  I32: 4,
  U32: 4,
  F32: 4,
  F64: 8,
  I64: 8,
  U64: 8,
} as const;
export type Dtype = keyof typeof dtypeBytes;

export interface TensorInfo {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** from the first byte of the data section */
  readonly start: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  readonly metadata: Readonly<Record<string, string>>;
  /** bytes before the data section */
  readonly dataStart: number;
}

/** The reference implementation's bound: a header is never a reason to allocate more. */
export const MAX_HEADER = 100_000_000;

const zOffset = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const zTensor = z.strictObject({
  dtype: z.enum(Object.keys(dtypeBytes) as [Dtype, ...Dtype[]]),
  shape: z.array(zOffset),
  data_offsets: z.tuple([zOffset, zOffset]),
});
const zMetadata = z.record(z.string(), z.string());

/**
 * Reads and checks a header: nothing in it is trusted. Tensors must lie within the file, agree in dtype, shape and
 * bytes, and cover the data without gap or overlap.
 * @param json the header's bytes, without the 8 of its length @param dataBytes size of the data section
 * @throws AppError bad-input naming file and tensor
 */
export function parseHeader(json: Uint8Array, dataBytes: number, file: string): SafetensorsHeader {
  const raw = parseJson(json, file);
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
    throw broken(file, "its header is not a JSON object");
  }
  const tensors = new Map<string, TensorInfo>();
  let metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(raw)) {
    if (name === "__metadata__") {
      const parsed = zMetadata.safeParse(value);
      if (!parsed.success) throw broken(file, "its __metadata__ is not a map of text to text");
      metadata = parsed.data;
    } else tensors.set(name, tensorInfo(name, value, file));
  }
  checkCover(tensors, dataBytes, file);
  return { tensors, metadata, dataStart: 8 + json.length };
}

function parseJson(json: Uint8Array, file: string): unknown {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(json);
    checkKeys(text, file);
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw broken(file, "its header is not JSON", cause);
  }
}

/** Names, then the properties of a tensor, then the numbers of a shape. */
const DEEPEST = 3;

/**
 * What JSON.parse would pass over: of a key that is there twice it keeps the last. Depth is bounded
 * before anything is built of it.
 */
function checkKeys(text: string, file: string): void {
  const open: Set<string>[] = []; // keys seen, by depth
  let [name, last] = ["", ""];
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '"') {
      const start = i;
      for (i++; i < text.length && text[i] !== '"'; i++) if (text[i] === "\\") i++;
      last = text.slice(start, i + 1);
    } else if (char === "{" || char === "[") {
      open.push(new Set());
      if (open.length > DEEPEST) throw broken(file, `tensor ${shown(name)} is described wrongly`);
    } else if (char === "}" || char === "]") open.pop();
    else if (char === ":" && open.length > 0) {
      const key = String(JSON.parse(last));
      const keys = open.at(-1)!;
      if (open.length === 1) name = key;
      if (keys.has(key)) {
        const what = open.length === 1 ? "is there twice" : `has ${shown(key)} twice`;
        throw broken(file, `tensor ${shown(name)} ${what}`);
      }
      keys.add(key);
    }
  }
}

/** A name as it can be shown: short, on one line. */
function shown(name: string): string {
  if (/^[\w./:-]{1,200}$/.test(name)) return name;
  return JSON.stringify(name.length > 200 ? `${name.slice(0, 200)}…` : name);
}

function checkCover(
  tensors: ReadonlyMap<string, TensorInfo>,
  dataBytes: number,
  file: string,
): void {
  let covered = 0;
  for (const [name, { start, end }] of [...tensors].toSorted(byPlace)) {
    if (end > dataBytes) {
      throw broken(
        file,
        `tensor ${shown(name)} ends at byte ${end} of ${dataBytes}: the file is cut short`,
      );
    }
    if (start < covered) throw broken(file, `tensor ${shown(name)} overlaps the one before it`);
    if (start > covered)
      throw broken(file, `there is a gap of ${start - covered} bytes before tensor ${shown(name)}`);
    covered = end;
  }
  if (covered < dataBytes)
    throw broken(file, `${dataBytes - covered} bytes at its end belong to no tensor`);
}

function byPlace([, a]: [string, TensorInfo], [, b]: [string, TensorInfo]): number {
  return a.start - b.start || a.end - b.end;
}

function tensorInfo(name: string, value: unknown, file: string): TensorInfo {
  const parsed = zTensor.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue.path.length > 0 ? `${issue.path.join(".")}: ` : "";
    throw broken(file, `tensor ${shown(name)} is described wrongly (${where}${issue.message})`);
  }
  const {
    dtype,
    shape,
    data_offsets: [start, end],
  } = parsed.data;
  if (end < start)
    throw broken(file, `tensor ${shown(name)} ends before it starts (${start} to ${end})`);
  const bytes = shape.reduce((size, dim) => size * dim, dtypeBytes[dtype]);
  if (bytes !== end - start) {
    throw broken(
      file,
      `tensor ${shown(name)} of ${dtype} [${shape.join(", ")}] takes ${bytes} bytes but has ${end - start}`,
    );
  }
  return { dtype, shape, start, end };
}

export function broken(file: string, what: string, cause?: unknown): AppError {
  return new AppError(
    "bad-input",
    `${file} is not a whole safetensors file: ${what}. Copy or download it again.`,
    { cause },
  );
}

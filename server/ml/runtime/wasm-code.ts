/** The few WebAssembly instructions that our kernels need, each as its bytes. */
export type Code = readonly number[];

const valueType = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;
type ValueType = keyof typeof valueType;

/** Unsigned LEB128. */
function leb(n: number): number[] {
  const bytes: number[] = [];
  for (let rest = n; ;) {
    const byte = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? byte + 128 : byte);
    if (rest === 0) return bytes;
  }
}

/** One after another. */
export const sequence = (...parts: readonly Code[]): Code => parts.flat();

const simd = (opcode: number): Code => [0xfd, ...leb(opcode)];

export const get = (local: number): Code => [0x20, ...leb(local)];
export const set = (local: number, value: Code): Code => sequence(value, [0x21], leb(local));

/** Adds a number of bytes (under 64, or 128 to 8,191: the constant is signed) to a pointer. */
export const advance = (pointer: number, bytes: number): Code =>
  set(pointer, sequence(get(pointer), [0x41], leb(bytes), [0x6a])); // i32.const, i32.add

/** Runs the body until the pointer reaches the end; both are unsigned, the body runs at least once. */
export function loopUntil(pointer: number, end: number, body: Code): Code {
  const more = sequence(get(pointer), get(end), [0x49]); // i32.lt_u
  return sequence([0x03, 0x40], body, more, [0x0d, 0, 0x0b]); // loop … br_if, end
}

const aligned16 = 4;

/** Four floats at pointer + offset. */
export const load = (pointer: number, offset = 0): Code =>
  sequence(get(pointer), simd(0), [aligned16], leb(offset));
export const store = (pointer: number, value: Code, offset = 0): Code =>
  sequence(get(pointer), value, simd(11), [aligned16], leb(offset));

const unary =
  (opcode: Code) =>
  (x: Code): Code =>
    sequence(x, opcode);
const binary =
  (opcode: Code) =>
  (a: Code, b: Code): Code =>
    sequence(a, b, opcode);

/** Four lanes at once. */
export const f32x4 = {
  splat: unary(simd(0x13)),
  sqrt: unary(simd(0xe3)),
  add: binary(simd(0xe4)),
  sub: binary(simd(0xe5)),
  mul: binary(simd(0xe6)),
  div: binary(simd(0xe7)),
};

/** Two lanes at once. */
export const f64x2 = {
  /** The first two floats of four, widened. */
  fromLow: unary(simd(0x5f)),
  add: binary(simd(0xf0)),
  lane: (x: Code, lane: 0 | 1): Code => sequence(x, simd(0x21), [lane]),
};

export const f64Add = binary([0xa0]);

/** The last two of four floats, moved to the front. */
export const highHalf = (local: number): Code =>
  sequence(
    get(local),
    get(local),
    simd(0x0d),
    [8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7],
  );

export interface WasmFunction {
  readonly parameters: readonly ValueType[];
  readonly result: ValueType | null;
  /** after the parameters, in order of their numbers */
  readonly locals: readonly ValueType[];
  readonly body: Code;
}

const vector = (items: readonly Code[]): Code => sequence(leb(items.length), ...items);
const section = (id: number, content: Code): Code => sequence([id], leb(content.length), content);
const text = (name: string): Code => vector([...Buffer.from(name)].map((byte) => [byte]));

/**
 * A module that takes its memory as `env.memory` and exports these functions.
 * @param shared whether threads share that memory (WebAssembly threads)
 */
export function wasmModule(
  functions: Readonly<Record<string, WasmFunction>>,
  shared: boolean,
): Uint8Array {
  const all = Object.entries(functions);
  const types = all.map(([, { parameters, result }]) =>
    sequence(
      [0x60],
      vector(parameters.map((type) => [valueType[type]])),
      vector(result === null ? [] : [[valueType[result]]]),
    ),
  );
  const limits = shared ? [0x03, 0x00, ...leb(2 ** 16)] : [0x00, 0x00];
  const memory = sequence(text("env"), text("memory"), [0x02], limits);
  const exported = all.map(([name], i) => sequence(text(name), [0x00], leb(i)));
  const bodies = all.map(([, { locals, body }]) => {
    const code = sequence(vector(locals.map((type) => [1, valueType[type]])), body, [0x0b]);
    return sequence(leb(code.length), code);
  });
  return Uint8Array.from([
    0x00,
    ...Buffer.from("asm"),
    1,
    0,
    0,
    0,
    ...section(1, vector(types)),
    ...section(2, vector([memory])),
    ...section(3, vector(all.map((_, i) => leb(i)))),
    ...section(7, vector(exported)),
    ...section(10, vector(bodies)),
  ]);
}

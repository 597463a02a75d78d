/** The few WebAssembly instructions that our kernels need, each as its bytes. */
export type Code = readonly number[];

export const valueType = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;
export type ValueType = keyof typeof valueType;

/** Unsigned LEB128. */
export function leb(n: number): number[] {
  const bytes: number[] = [];
  for (let rest = n; ;) {
    const byte = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? byte + 128 : byte);
    if (rest === 0) return bytes;
  }
}

const simd = (opcode: number): Code => [0xfd, ...leb(opcode)];

export const get = (local: number): Code => [0x20, ...leb(local)];
export const set = (local: number): Code => [0x21, ...leb(local)];
export const tee = (local: number): Code => [0x22, ...leb(local)];
/** Adds a number of bytes to a pointer. */
export const advance = (local: number, bytes: number): Code => [
  ...get(local),
  0x41, // i32.const, for numbers under 64
  bytes,
  0x6a, // i32.add
  ...set(local),
];
/** Runs the body until the pointer reaches the end; both are unsigned, the body runs at least once. */
export const loopUntil = (pointer: number, end: number, body: Code): Code => [
  ...[0x03, 0x40], // loop
  ...body,
  ...[...get(pointer), ...get(end), 0x49], // i32.lt_u
  ...[0x0d, 0], // br_if
  0x0b, // end
];
/** Four floats at pointer + offset. */
export const load = (pointer: number, offset = 0): Code => [
  ...get(pointer),
  ...simd(0),
  4, // aligned to 16 bytes
  ...leb(offset),
];
/** Stores the value that `value` leaves on the stack. */
export const store = (pointer: number, value: Code, offset = 0): Code => [
  ...get(pointer),
  ...value,
  ...simd(11),
  4,
  ...leb(offset),
];

const binary =
  (opcode: Code) =>
  (a: Code, b: Code): Code => [...a, ...b, ...opcode];
/** f32x4: four lanes at once */
export const f32x4 = {
  splat: (x: Code): Code => [...x, ...simd(0x13)],
  sqrt: (x: Code): Code => [...x, ...simd(0xe3)],
  add: binary(simd(0xe4)),
  sub: binary(simd(0xe5)),
  mul: binary(simd(0xe6)),
  div: binary(simd(0xe7)),
};
/** f64x2: two lanes at once */
export const f64x2 = {
  /** The first two floats of four, widened. */
  fromLow: (x: Code): Code => [...x, ...simd(0x5f)],
  add: binary(simd(0xf0)),
  mul: binary(simd(0xf2)),
  lane: (x: Code, lane: 0 | 1): Code => [...x, ...simd(0x21), lane],
};
export const f64Add = binary([0xa0]);
/** The last two of four floats moved to the front. */
export const highHalf = (x: Code): Code => [
  ...x,
  ...x,
  ...simd(0x0d),
  ...[8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15],
];

export interface WasmFunction {
  readonly parameters: readonly ValueType[];
  readonly result: ValueType | null;
  /** after the parameters, in order of their numbers */
  readonly locals: readonly ValueType[];
  readonly body: Code;
}

const vector = (items: readonly Code[]): number[] => [...leb(items.length), ...items.flat()];
const section = (id: number, content: readonly number[]): number[] => [
  id,
  ...leb(content.length),
  ...content,
];
const text = (name: string): number[] => vector([...Buffer.from(name)].map((byte) => [byte]));

/** A module that takes its memory as `env.memory` and exports these functions. */
export function wasmModule(functions: Readonly<Record<string, WasmFunction>>): Uint8Array {
  const all = Object.entries(functions);
  const types = all.map(([, { parameters, result }]) => [
    0x60,
    ...vector(parameters.map((type) => [valueType[type]])),
    ...vector(result === null ? [] : [[valueType[result]]]),
  ]);
  const memory = [...text("env"), ...text("memory"), 0x02, 0x00, 0x00];
  const bodies = all.map(([, { locals, body }]) => {
    const code = [...vector(locals.map((type) => [1, valueType[type]])), ...body, 0x0b];
    return [...leb(code.length), ...code];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector(types)),
    ...section(2, vector([memory])),
    ...section(3, vector(all.map((_, i) => leb(i)))),
    ...section(7, vector(all.map(([name], i) => [...text(name), 0x00, ...leb(i)]))),
    ...section(10, vector(bodies)),
  ]);
}

import {
  advance,
  type Code,
  f32x4,
  f64Add,
  f64x2,
  get,
  highHalf,
  load,
  loopUntil,
  set,
  store,
  wasmModule,
} from "./wasm-code";

const { add, sub, mul, div, sqrt, splat } = f32x4;

/** Floats that the kernels take at a time: arrays are padded with zeros to a multiple. */
export const kernelBlock = 8;

/** What an AdamW step is made of, see graph/optimizer.ts. */
export interface AdamWNumbers {
  beta1: number;
  beta2: number;
  /** of the gradient in m */
  scale1: number;
  /** of the gradient before it is squared into v */
  scale2: number;
  /** lr·c₁·c₂ */
  rate: number;
  /** ε·c₂ */
  small: number;
  /** 1 − lr·weight decay */
  keep: number;
}

/** Addresses are bytes into the memory, multiples of 16; `end` is one past the padded last of the first array. */
interface Exports {
  sumSquares(x: number, end: number): number;
  adamW(
    w: number,
    m: number,
    v: number,
    g: number,
    end: number,
    ...numbers: [number, number, number, number, number, number, number]
  ): void;
}

/** Σx² in double precision, four running sums. */
function sumSquares() {
  const [x, end, sum] = [0, 1, 2];
  const adding = (acc: number, half: Code): Code => [
    ...f64x2.add(get(acc), f64x2.mul(f64x2.fromLow(half), f64x2.fromLow(half))),
    ...set(acc),
  ];
  const body = loopUntil(x, end, [
    ...adding(sum, load(x)),
    ...adding(sum + 1, highHalf(load(x))),
    ...adding(sum + 2, load(x, 16)),
    ...adding(sum + 3, highHalf(load(x, 16))),
    ...advance(x, 32),
  ]);
  const both = f64x2.add(f64x2.add(get(2), get(3)), f64x2.add(get(4), get(5)));
  return {
    parameters: ["i32", "i32"],
    result: "f64",
    locals: ["v128", "v128", "v128", "v128"],
    body: [...body, ...f64Add(f64x2.lane(both, 0), f64x2.lane(both, 1))],
  } as const;
}

/** One step over w, m, v from g, written in place. */
function adamW() {
  const [w, m, v, g, end] = [0, 1, 2, 3, 4];
  const numbers = Array.from({ length: 7 }, (_, i) => 5 + i);
  const wide = numbers.map((local) => local + 7);
  const [beta1, beta2, scale1, scale2, rate, small, keep] = wide.map((local) => get(local));
  const [newM, part, newV] = [19, 20, 21];
  const four = (at: number): Code => [
    ...[...add(mul(load(m, at), beta1), mul(load(g, at), scale1)), ...set(newM)],
    ...[...mul(load(g, at), scale2), ...set(part)],
    ...[...add(mul(load(v, at), beta2), mul(get(part), get(part))), ...set(newV)],
    ...store(m, get(newM), at),
    ...store(v, get(newV), at),
    ...store(
      w,
      sub(mul(load(w, at), keep), mul(div(get(newM), add(sqrt(get(newV)), small)), rate)),
      at,
    ),
  ];
  const step = [w, m, v, g].flatMap((pointer) => advance(pointer, 32));
  return {
    parameters: ["i32", "i32", "i32", "i32", "i32", ...numbers.map(() => "f32" as const)],
    result: null,
    locals: [...wide, newM, part, newV].map(() => "v128" as const),
    body: [
      ...numbers.flatMap((local, i) => [...splat(get(local)), ...set(wide[i])]),
      ...loopUntil(w, end, [...four(0), ...four(16), ...step]),
    ],
  } as const;
}

let compiled: WebAssembly.Module | undefined;

/** AdamW and a sum of squares over one memory, by 128-bit SIMD. */
export function adamWKernel(memory: WebAssembly.Memory) {
  compiled ??= new WebAssembly.Module(
    wasmModule({ sumSquares: sumSquares(), adamW: adamW() }) as BufferSource,
  );
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  const kernel = exports as unknown as Exports;
  return {
    sumSquares: (x: number, end: number): number => kernel.sumSquares(x, end),
    adamW: (at: { w: number; m: number; v: number; g: number; end: number }, n: AdamWNumbers) =>
      kernel.adamW(
        ...([at.w, at.m, at.v, at.g, at.end] as const),
        ...([n.beta1, n.beta2, n.scale1, n.scale2, n.rate, n.small, n.keep] as const),
      ),
  };
}

import type { AdamWOptions } from "../graph/optimizer";
import type { Weight } from "../graph/parameters";
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
  sequence,
  set,
  store,
  wasmModule,
} from "./wasm-code";

const { add, sub, mul, div, sqrt, splat } = f32x4;

/** Floats that the kernels take at a time: arrays are padded with zeros to a multiple. */
export const kernelBlock = 32;

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
  addInto(x: number, y: number, end: number): void;
  adamW(
    w: number,
    m: number,
    v: number,
    g: number,
    end: number,
    ...numbers: [number, number, number, number, number, number, number]
  ): void;
}

/** Σx²: 32 floats at a time in single precision, those sums in double. */
function sumSquares() {
  const [x, end, four, block, total] = [0, 1, 2, 3, 4];
  const adding = Array.from({ length: kernelBlock / 4 }, (_, i) => {
    const square = mul(get(four), get(four));
    const sum = i === 0 ? square : add(get(block), square);
    return sequence(set(four, load(x, 16 * i)), set(block, sum));
  });
  const low = f64x2.add(get(total), f64x2.fromLow(get(block)));
  const both = f64x2.add(low, f64x2.fromLow(highHalf(block)));
  const body = sequence(...adding, set(total, both), advance(x, 4 * kernelBlock));
  const sum = f64Add(f64x2.lane(get(total), 0), f64x2.lane(get(total), 1));
  return {
    parameters: ["i32", "i32"],
    result: "f64",
    locals: ["v128", "v128", "v128"],
    body: sequence(loopUntil(x, end, body), sum),
  } as const;
}

/** x += y */
function addInto() {
  const [x, y, end] = [0, 1, 2];
  const adding = Array.from({ length: kernelBlock / 4 }, (_, i) =>
    store(x, add(load(x, 16 * i), load(y, 16 * i)), 16 * i),
  );
  const on = [x, y].map((pointer) => advance(pointer, 4 * kernelBlock));
  return {
    parameters: ["i32", "i32", "i32"],
    result: null,
    locals: [],
    body: loopUntil(x, end, sequence(...adding, ...on)),
  } as const;
}

/** One step over w, m, v from g, written in place. */
function adamW() {
  const [w, m, v, g, end] = [0, 1, 2, 3, 4];
  const numbers = Array.from({ length: 7 }, (_, i) => 5 + i);
  const wide = numbers.map((local) => local + 7);
  const [beta1, beta2, scale1, scale2, rate, small, keep] = wide.map((local) => get(local));
  const [newM, part, newV] = [19, 20, 21];
  const four = (at: number): Code => {
    const update = mul(div(get(newM), add(sqrt(get(newV)), small)), rate);
    return sequence(
      set(newM, add(mul(load(m, at), beta1), mul(load(g, at), scale1))),
      set(part, mul(load(g, at), scale2)),
      set(newV, add(mul(load(v, at), beta2), mul(get(part), get(part)))),
      store(m, get(newM), at),
      store(v, get(newV), at),
      store(w, sub(mul(load(w, at), keep), update), at),
    );
  };
  const step = [w, m, v, g].map((pointer) => advance(pointer, 32)); // 8 floats
  const splats = numbers.map((local, i) => set(wide[i], splat(get(local))));
  return {
    parameters: ["i32", "i32", "i32", "i32", "i32", ...numbers.map(() => "f32" as const)],
    result: null,
    locals: [...wide, newM, part, newV].map(() => "v128" as const),
    body: sequence(...splats, loopUntil(w, end, sequence(four(0), four(16), ...step))),
  } as const;
}

/** Addresses of what a step is made over. */
interface Addresses {
  w: number;
  m: number;
  v: number;
  g: number;
  /** one past the padded last of w */
  end: number;
}

const compiled = new Map<boolean, WebAssembly.Module>();

/** @param shared for a memory that threads share */
export function adamWModule(shared: boolean): WebAssembly.Module {
  const known = compiled.get(shared);
  if (known) return known;
  const functions = { sumSquares: sumSquares(), addInto: addInto(), adamW: adamW() };
  const module = new WebAssembly.Module(wasmModule(functions, shared) as BufferSource);
  compiled.set(shared, module);
  return module;
}

/** AdamW, a sum and a sum of squares over one memory, by 128-bit SIMD. */
export function adamWKernel(memory: WebAssembly.Memory, module = adamWModule(false)) {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const kernel = exports as unknown as Exports;
  return {
    sumSquares: (x: number, end: number): number => kernel.sumSquares(x, end),
    /** x += y @param end one past the padded last of x */
    addInto: (x: number, y: number, end: number): void => kernel.addInto(x, y, end),
    adamW: (at: Addresses, n: AdamWNumbers): void =>
      kernel.adamW(
        ...([at.w, at.m, at.v, at.g, at.end] as const),
        ...([n.beta1, n.beta2, n.scale1, n.scale2, n.rate, n.small, n.keep] as const),
      ),
  };
}

/**
 * The numbers of one update, and those where decoupled weight decay applies, as graph/optimizer.ts has them.
 * @param step counts from 1 @param norm of the gradients, for clipping
 */
export function adamWNumbers(
  options: AdamWOptions,
  { lr, step, norm }: { lr: number; step: number; norm: number },
): { plain: AdamWNumbers; decayed: AdamWNumbers } {
  const { beta1, beta2, eps, weightDecay, clipNorm } = options;
  // as torch.nn.utils.clip_grad_norm_; a norm that is not a number goes on as one
  const scale = clipNorm === null ? 1 : Math.min(clipNorm / (norm + 1e-6), 1);
  const correction1 = 1 / (1 - beta1 ** step);
  const correction2 = Math.sqrt(1 - beta2 ** step);
  const plain: AdamWNumbers = {
    beta1,
    beta2,
    scale1: scale * (1 - beta1),
    scale2: scale * Math.sqrt(1 - beta2),
    rate: lr * correction1 * correction2,
    small: eps * correction2,
    keep: 1,
  };
  return { plain, decayed: { ...plain, keep: 1 - lr * weightDecay } };
}

/** Whether decoupled weight decay applies to a weight. */
export function decays(weight: Weight, { decay, weightDecay }: AdamWOptions): boolean {
  const matrix = weight.shape.length >= 2;
  return weightDecay !== 0 && (decay === "all" || (decay === "matrices" && matrix));
}

/** Bytes of an array, padded with zeros to whole blocks. @param length numbers */
export function paddedBytes(length: number): number {
  return Math.ceil(length / kernelBlock) * kernelBlock * Float32Array.BYTES_PER_ELEMENT;
}

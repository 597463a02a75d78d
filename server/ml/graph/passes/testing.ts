import { expect } from "vitest";
import { declareInputs, type Feeds, float32, int32 } from "../../runtime/feeds";
import { Program } from "../../runtime/program";
import "../../runtime/testing";
import { randomValue } from "../../runtime/testing";
import { intVector, ints } from "../../runtime/values";
import { cachedAttention, rotary } from "../ops/attention";
import { cast, cos, mul, sin } from "../ops/elementwise";
import { linear, linearT } from "../ops/matmul";
import { reshape, split, unsqueeze } from "../ops/shape";
import { Graph, type Tensor } from "../tensor";

const [width, kvHeads] = [24, 2];

interface Attention {
  headDim: number;
  heads: number;
  /** of a head, rotated; 0: no rotation */
  pairs: number;
  bias: boolean;
  /** one weight, cut in three, stored [in, out]; else three, stored [out, in] */
  cut: boolean;
}

/** One layer's cached attention of x [batch·time, 24], as the families write it: o, key and value. */
export function attentionGraph({ headDim, heads, pairs, bias, cut }: Attention): Tensor[] {
  const graph = new Graph();
  const sizes = [heads * headDim, kvHeads * headDim, kvHeads * headDim];
  const all = sizes.reduce((a, b) => a + b);
  const { ids, positions, lengths, total, key, value } = declareInputs(graph, {
    ids: int32("batch", "time"),
    positions: int32("batch", "time"),
    lengths: int32("batch"),
    total: int32(),
    key: float32("batch", kvHeads, "slots", headDim),
    value: float32("batch", kvHeads, "slots", headDim),
  });
  const x = reshape(graph.input("x", "float32", ["batch", "time", width]), [-1, width]);
  const weight = (name: string, ...shape: number[]) => graph.input(name, "float32", shape);
  const weights = cut
    ? split(weight("w", width, all), sizes, 1)
    : sizes.map((size, i) => weight(`w${i}`, size, width));
  const biases = cut
    ? split(weight("b", all), sizes, 0)
    : sizes.map((size, i) => weight(`b${i}`, size));
  const frequencies = graph.constant(Array.from({ length: pairs }, (_, i) => 0.3 ** i));
  const place = unsqueeze(cast(reshape(positions, [-1]), "float32"), 1, 2);
  const turn = (y: Tensor): Tensor => {
    if (pairs === 0) return y;
    const angles = mul(place, frequencies);
    const apart = reshape(y, [y.shape[0], (y.dim(-1) as number) / headDim, headDim]);
    return reshape(rotary(apart, cos(angles), sin(angles)), y.shape);
  };
  const [q, k, v] = weights
    .map((w, i) => (cut ? linear : linearT)(x, w, bias ? biases[i] : null))
    .map((y, i) => (i < 2 ? turn(y) : y))
    .map((y) => reshape(y, [...ids.shape, y.dim(-1)]));
  const past = { pastKey: key, pastValue: value, lengths, total };
  return cachedAttention({ q, k, v, ...past, heads, kvHeads });
}

/** Runs both over prompts of 3 and 1 tokens, and over one more token of longer rows: the numbers are the same. */
export async function expectSameNumbers(plain: Tensor[], rewritten: Tensor[]): Promise<void> {
  const { graph } = plain[0];
  const named = [...plain.map((x, i) => [`p${i}`, x]), ...rewritten.map((x, i) => [`r${i}`, x])];
  const program = await Program.compile(Object.fromEntries(named) as Record<string, Tensor>);
  const steps = [
    { time: 3, lengths: [2, 0], total: 3 },
    { time: 1, lengths: [4, 6], total: 7 },
  ];
  for (const { time, lengths, total } of steps) {
    const feeds: Feeds = {
      ids: ints(lengths.map(() => Array<number>(time).fill(0))),
      positions: ints(
        lengths.map((last) => Array.from({ length: time }, (_, t) => (time > 1 ? t : last))),
      ),
      lengths: intVector(lengths),
      total: { data: Int32Array.of(total), shape: [] },
    };
    const sizes: Record<string, number> = { batch: 2, time, slots: 8 };
    for (const { name, shape } of graph.inputs)
      feeds[name] ??= randomValue(
        shape.map((dim) => (typeof dim === "number" ? dim : sizes[dim])),
        name,
        { low: -0.5, high: 0.5 },
      );
    const results = await program.run(feeds);
    for (const i of plain.keys()) {
      // what follows a short prompt in its row is padding: nobody reads it
      const real = (x: (typeof results)[string]): Float32Array =>
        i === 0 && time > 1
          ? (x.data as Float32Array).slice(0, (x.data.length / 6) * 4)
          : (x.data as Float32Array);
      expect(real(results[`r${i}`])).toBeAllclose(real(results[`p${i}`]), { atol: 2e-6 });
    }
  }
  await program.dispose();
}

import { add, cast, floor, greaterOrEqual, mul, sub, where } from "../graph/ops/elementwise";
import { matmul } from "../graph/ops/matmul";
import { range, unsqueeze } from "../graph/ops/shape";
import { type Tensor, stopGradient } from "../graph/tensor";
import { type Value, float32 } from "../runtime/feeds";
import { Random } from "../runtime/random";

/** Numbers that a pass's dropout is drawn from. */
const SEED = 4;

/** The input that a program with dropout takes beside its others. */
export const dropoutInputs = { dropout: float32(SEED) };

/** What is fed to it: another for each pass, the same for the same stream. */
export function dropoutFeeds(random: Random): { dropout: Value<Float32Array> } {
  const data = Float32Array.from({ length: SEED }, () => random.uniform());
  return { dropout: { data, shape: [SEED] } };
}

/** Each pass of an update with what its dropout is drawn from. */
export function drawing<F extends object>(
  passes: readonly F[],
  random: Random,
): (F & ReturnType<typeof dropoutFeeds>)[] {
  return passes.map((pass, i) => Object.assign(pass, dropoutFeeds(random.fork(i))));
}

/**
 * Inverted dropout (Srivastava et al. 2014): each number is 0 with probability `rate`, else divided by
 * 1 − rate. The mask is a hash of seed, row and module, made in the graph: nothing of its size is fed,
 * and a resumed run draws the same.
 * @param x [N, width] @param seed [4] in [0, 1)
 */
export function dropout(x: Tensor, rate: number, seed: Tensor, module: string): Tensor {
  if (rate === 0) return x;
  return x.graph.scope("dropout", () => {
    const kept = greaterOrEqual(uniforms(x, seed, module), rate);
    return where(kept, mul(x, 1 / (1 - rate)), 0);
  });
}

/** Numbers in [0, 1), as good as independent. @returns the shape of x */
function uniforms(x: Tensor, seed: Tensor, module: string): Tensor {
  const { graph } = x;
  const width = x.dim(1) as number;
  const mixing = (name: string, columns: number): Tensor => {
    const random = new Random("dropout").fork(name);
    const values = Array.from({ length: SEED * columns }, () => 256 * random.uniform() - 128);
    return graph.constant(values, "float32", [SEED, columns]);
  };
  const rows = unsqueeze(cast(range(x, x.dim(0)), "float32"), 1); // (N, 1)
  const strides = graph.constant([0.6180339887, 0.4142135624, 0.7320508076, 0.2360679775]);
  let u = fraction(add(mul(rows, strides), seed)); // (N, 4), a line: bent until nothing of it is left
  for (const round of ["1", "2", "3"]) u = fraction(matmul(add(mul(u, u), u), mixing(round, SEED)));
  return stopGradient(fraction(matmul(u, mixing(module, width)))); // (N, width)
}

function fraction(x: Tensor): Tensor {
  return sub(x, floor(x));
}

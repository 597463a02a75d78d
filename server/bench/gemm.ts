import { linear } from "../ml/graph/ops/matmul";
import type { Weights } from "../ml/graph/parameters";
import { float32 } from "../ml/runtime/feeds";
import { compileInference } from "../ml/runtime/inference";
import { Random } from "../ml/runtime/random";
import type { Runner } from "./work";

const FLOPS = 4e9; // of one run: enough that what surrounds the products does not show

/** Products up and down again in one run of `openGemm`. */
export function gemmFlops([m, k, n]: readonly [number, number, number]): number {
  return pairs(m, k, n) * 4 * m * k * n;
}

function pairs(m: number, k: number, n: number): number {
  return Math.min(100, Math.max(1, Math.round(FLOPS / (4 * m * k * n))));
}

/** A chain of bare products [m, k] × [k, n] and [m, n] × [n, k] by our own runtime, nothing between them. */
export async function openGemm(
  [m, k, n]: readonly [number, number, number],
  threads: number,
): Promise<Runner> {
  const random = new Random(1);
  const normal = (rows: number, columns: number, deviation: number) => {
    const data = new Float32Array(rows * columns);
    random.fillNormal(data, deviation);
    return { shape: [rows, columns], data };
  };
  const weights: Weights = new Map([
    ["up", normal(k, n, 1 / Math.sqrt(k))],
    ["down", normal(n, k, 1 / Math.sqrt(n))],
  ]);
  const x = normal(m, k, 1);
  const program = await compileInference({
    threads,
    weights,
    inputs: { x: float32(m, k) },
    build: ({ inputs, params }) => {
      let y = inputs.x;
      for (let i = 0; i < pairs(m, k, n); i++)
        y = linear(linear(y, params.get("up")), params.get("down"));
      return { y };
    },
  });
  return {
    async run() {
      await program.run({ x });
      return {};
    },
    dispose: () => program.dispose(),
  };
}

import { AppError } from "../../../domain/app-error";
import { mulDims } from "../dims";
import type { Rules } from "../rule";
import type { Tensor } from "../tensor";
import { add, div, mul, sub } from "./elementwise";
import { columnSums, matmul, weightedSums } from "./matmul";
import { reshape } from "./shape";

function expectGain(x: Tensor, gain: Tensor): void {
  if (gain.rank !== 1 || gain.shape[0] !== x.dim(-1))
    throw new AppError("internal", `norm of ${String(x)}: its gain ${String(gain)} does not fit`);
}

/**
 * (x − mean)/√(var + ε)·gain + bias over the last axis (Ba et al. 2016).
 * @param x [.., width] @param gain [width] @param bias [width]
 */
export function layerNorm(x: Tensor, gain: Tensor, bias: Tensor, epsilon: number): Tensor {
  expectGain(x, gain);
  const row = { dtype: x.dtype, shape: [...x.shape.slice(0, -1), 1] };
  const [y, mu, inv] = x.graph.emit(
    "LayerNormalization",
    [x, gain, bias],
    { axis: -1, epsilon },
    { dtype: x.dtype, shape: x.shape },
    row,
    row,
  );
  return x.graph.composite("LayerNorm", [x, gain, bias], { epsilon }, y, [mu, inv]);
}

/** x/√(mean x² + ε)·gain over the last axis (Zhang and Sennrich 2019). */
export function rmsNorm(x: Tensor, gain: Tensor, epsilon: number): Tensor {
  expectGain(x, gain);
  const [y, inv] = x.graph.emit(
    "SimplifiedLayerNormalization",
    [x, gain],
    { axis: -1, epsilon },
    { dtype: x.dtype, shape: x.shape },
    { dtype: x.dtype, shape: [...x.shape.slice(0, -1), 1] },
  );
  return x.graph.composite("RmsNorm", [x, gain], { epsilon }, y, [inv]);
}

/** [.., n] → [rows, n] */
const asRows = (x: Tensor): Tensor => reshape(x, [mulDims(x.shape.slice(0, -1)), x.dim(-1)]);

/** mean(x·gain) of each row, as one product. @param x [rows, n] @param gain [n] @returns [rows, 1] */
const meanOver = (x: Tensor, gain: Tensor): Tensor => {
  const width = x.dim(-1) as number;
  return matmul(x, reshape(div(gain, width), [width, 1]));
};

type NormaliseOp = "LayerNorm" | "RmsNorm" | "LayerNormalization" | "SimplifiedLayerNormalization";

const insideComposite = (): never => {
  throw new AppError("internal", "a normalisation is differentiated as a whole");
};

export const normaliseRules: Rules<NormaliseOp> = {
  // x̂ = (x − μ)·inv; dx = inv·(dx̂ − mean dx̂ − x̂·mean(dx̂·x̂)), dx̂ = dy·gain
  LayerNorm: ({ inputs, saved }, dy) => {
    const [gain, bias] = [inputs[1]!, inputs[2]!];
    const [x, mu, inv, d] = [inputs[0]!, saved[0], saved[1], dy].map(asRows);
    const hat = mul(sub(x, mu), inv);
    const both = mul(d, hat);
    const away = add(mul(hat, meanOver(both, gain)), meanOver(d, gain));
    const dx = mul(inv, sub(mul(d, gain), away));
    return [reshape(dx, dy.shape), columnSums(both), reshape(columnSums(d), bias.shape)];
  },
  // x̂ = x·inv; dx = inv·(dx̂ − x̂·mean(dx̂·x̂)), dx̂ = dy·gain, with what is one number a row taken out of the passes
  // over all
  RmsNorm: ({ inputs, saved }, dy) => {
    const gain = inputs[1]!;
    const [x, inv, d] = [inputs[0]!, saved[0], dy].map(asRows);
    const both = mul(d, x);
    const back = mul(mul(inv, mul(inv, inv)), meanOver(both, gain));
    const dx = sub(mul(mul(d, gain), inv), mul(x, back));
    return [reshape(dx, dy.shape), weightedSums(both, inv)];
  },
  LayerNormalization: insideComposite,
  SimplifiedLayerNormalization: insideComposite,
};

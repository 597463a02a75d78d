import { AppError } from "../../../domain/app-error";
import type { Rules } from "../rule";
import type { Tensor } from "../tensor";
import { add, div, mul, reciprocal, sqrt, sub } from "./elementwise";
import { mean, unbroadcast } from "./reduce";

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
  const [y] = x.graph.emit(
    "SimplifiedLayerNormalization",
    [x, gain],
    { axis: -1, epsilon },
    { dtype: x.dtype, shape: x.shape },
  );
  return x.graph.composite("RmsNorm", [x, gain], { epsilon }, y, []);
}

/** 1/√(mean x² + ε) of each row; a read of x, no pass that writes. @returns [.., 1] */
function inverseRms(x: Tensor, epsilon: number): Tensor {
  const last = x.graph.constant([-1], "int64");
  const row = { dtype: x.dtype, shape: [...x.shape.slice(0, -1), 1] };
  const [squares] = x.graph.emit("ReduceSumSquare", [x, last], { keepdims: 1 }, row);
  return reciprocal(sqrt(add(div(squares, x.dim(-1) as number), epsilon)));
}

type NormaliseOp = "LayerNorm" | "RmsNorm" | "LayerNormalization" | "SimplifiedLayerNormalization";

const insideComposite = (): never => {
  throw new AppError("internal", "a normalisation is differentiated as a whole");
};

export const normaliseRules: Rules<NormaliseOp> = {
  // x̂ = (x − μ)·inv; dx = inv·(dx̂ − mean dx̂ − x̂·mean(dx̂·x̂))
  LayerNorm: ({ inputs, saved }, dy) => {
    const [x, gain, bias] = inputs as [Tensor, Tensor, Tensor];
    const [mu, inv] = saved as [Tensor, Tensor];
    const hat = mul(sub(x, mu), inv);
    const dhat = mul(dy, gain);
    const centred = sub(dhat, mean(dhat, [-1], true));
    const dx = mul(inv, sub(centred, mul(hat, mean(mul(dhat, hat), [-1], true))));
    return [dx, unbroadcast(mul(dy, hat), gain.shape), unbroadcast(dy, bias.shape)];
  },
  // x̂ = x·inv; dx = inv·(dx̂ − x̂·mean(dx̂·x̂)). inv anew: WebGPU's kernel does not fill its second result
  RmsNorm: ({ inputs, attributes }, dy) => {
    const [x, gain] = inputs as [Tensor, Tensor];
    const inv = inverseRms(x, attributes.epsilon);
    const hat = mul(x, inv);
    const dhat = mul(dy, gain);
    const dx = mul(inv, sub(dhat, mul(hat, mean(mul(dhat, hat), [-1], true))));
    return [dx, unbroadcast(mul(dy, hat), gain.shape)];
  },
  LayerNormalization: insideComposite,
  SimplifiedLayerNormalization: insideComposite,
};

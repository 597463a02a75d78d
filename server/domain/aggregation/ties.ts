import { minimise } from "./quasi-newton";

/** One comparison of items i and j: who was better, if anybody. */
export interface Outcome {
  readonly i: number;
  readonly j: number;
  readonly result: "i" | "j" | "tie";
}

export interface TieModel {
  /** sum 0 */
  readonly strengths: readonly number[];
  /** how readily ties are called: ν of Davidson, θ of Rao & Kupper */
  readonly ties: number;
  readonly logLikelihood: number;
}

/** −log P of an outcome and its derivatives by sᵢ, sⱼ and the parameter of ties. */
type Loss = (
  si: number,
  sj: number,
  tie: number,
  result: Outcome["result"],
) => readonly [value: number, di: number, dj: number, dTie: number];

/**
 * Davidson: i, j and tie are as e^sᵢ : e^sⱼ : ν·e^((sᵢ+sⱼ)/2). R. R. Davidson, "On extending the
 * Bradley–Terry model to accommodate ties" (1970).
 */
export function davidson(outcomes: readonly Outcome[], items: number): TieModel {
  const loss: Loss = (si, sj, logNu, result) => {
    const powers = { i: si, j: sj, tie: logNu + (si + sj) / 2 };
    const top = Math.max(powers.i, powers.j, powers.tie);
    const [a, b, t] = [powers.i, powers.j, powers.tie].map((power) => Math.exp(power - top));
    const total = a + b + t;
    const isTie = Number(result === "tie");
    return [
      Math.log(total) + top - powers[result],
      (a + t / 2) / total - Number(result === "i") - isTie / 2,
      (b + t / 2) / total - Number(result === "j") - isTie / 2,
      t / total - isTie,
    ];
  };
  const { tie, ...model } = fit(outcomes, items, loss);
  return { ...model, ties: Math.exp(tie) };
}

/**
 * Rao & Kupper: i beats j as e^sᵢ / (e^sᵢ + θ·e^sⱼ), and what is left is a tie. P. V. Rao & L. L.
 * Kupper, "Ties in paired-comparison experiments" (1967). θ above 1.
 */
export function raoKupper(outcomes: readonly Outcome[], items: number): TieModel {
  const loss: Loss = (si, sj, free, result) => {
    const theta = 1 + Math.exp(free);
    const shift = Math.log(theta);
    const [beats, beaten] = [sigmoid(si - sj - shift), sigmoid(sj - si - shift)];
    const [p, q] = [1 - beats, 1 - beaten]; // derivatives of log P(i), log P(j)
    const dShift = Math.exp(free) / theta;
    if (result === "i") return [-Math.log(beats), -p, p, p * dShift];
    if (result === "j") return [-Math.log(beaten), q, -q, q * dShift];
    // P(tie) = (θ² − 1)·P(i)·P(j)
    const value = -Math.log(theta * theta - 1) - Math.log(beats) - Math.log(beaten);
    const dTie = (-2 * theta * Math.exp(free)) / (theta * theta - 1) + (p + q) * dShift;
    return [value, q - p, p - q, dTie];
  };
  const { tie, ...model } = fit(outcomes, items, loss);
  return { ...model, ties: 1 + Math.exp(tie) };
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

function fit(outcomes: readonly Outcome[], items: number, loss: Loss) {
  const value = (x: readonly number[]) => {
    let sum = 0;
    const gradient = x.map(() => 0);
    for (const { i, j, result } of outcomes) {
      const [own, di, dj, dTie] = loss(x[i], x[j], x[items], result);
      sum += own;
      gradient[i] += di;
      gradient[j] += dj;
      gradient[items] += dTie;
    }
    return { value: sum, gradient };
  };
  const x = minimise(
    Array.from({ length: items + 1 }, () => 0),
    value,
  );
  const strengths = x.slice(0, items);
  const center = strengths.reduce((a, b) => a + b, 0) / items;
  return {
    strengths: strengths.map((s) => s - center),
    tie: x[items],
    logLikelihood: -value(x).value,
  };
}

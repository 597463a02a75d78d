/** A value to be made small, and its gradient. */
export interface Slope {
  readonly value: number;
  readonly gradient: readonly number[];
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, i) => sum + x * b[i], 0);

/**
 * The nearest minimum of a smooth function, by BFGS with Armijo's halved steps (Nocedal & Wright,
 * "Numerical optimization", 2006, chapter 6). For a handful of parameters.
 */
export function minimise(start: readonly number[], f: (x: readonly number[]) => Slope): number[] {
  const n = start.length;
  const identity = () => start.map((_, i) => start.map((_, j) => Number(i === j)));
  let inverse: number[][] = identity();
  let x = [...start];
  let here = f(x);
  for (let step = 0; step < 500 && Math.max(...here.gradient.map(Math.abs)) > 1e-9; step++) {
    let move = inverse.map((row) => -dot(row, here.gradient));
    if (dot(move, here.gradient) >= 0) {
      inverse = identity();
      move = here.gradient.map((g) => -g);
    }
    const descent = dot(move, here.gradient);
    let size = 1;
    let next = x.map((v, i) => v + move[i]);
    let there = f(next);
    while (!(there.value <= here.value + 1e-4 * size * descent) && size > 1e-12) {
      size /= 2;
      next = x.map((v, i) => v + size * move[i]);
      there = f(next);
    }
    if (size <= 1e-12) break; // rounding hides whatever is still to be won
    const moved = next.map((v, i) => v - x[i]);
    const turned = there.gradient.map((g, i) => g - here.gradient[i]);
    const curvature = dot(moved, turned);
    if (curvature > 1e-14) {
      const image = inverse.map((row) => dot(row, turned));
      const scale = (1 + dot(turned, image) / curvature) / curvature;
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          inverse[i][j] +=
            scale * moved[i] * moved[j] - (image[i] * moved[j] + moved[i] * image[j]) / curvature;
        }
      }
    }
    [x, here] = [next, there];
  }
  return x;
}

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededUniform } from "../sorter/random";
import { bradleyTerry } from "./bradley-terry";
import { crowdPrompt } from "./consensus";
import { crowdBradleyTerry, crowdLikelihood, type CrowdPrompt, type Observation } from "./crowd-bt";
import { plackettLuce } from "./plackett-luce";
import { davidson, type Outcome, raoKupper } from "./ties";

/** Slope of `f` by its i-th argument. */
function slope(f: (x: number[]) => number, x: readonly number[], i: number): number {
  const at = (move: number) => f(x.map((value, j) => (j === i ? value + move : value)));
  return (at(1e-5) - at(-1e-5)) / 2e-5;
}

describe("Bradley–Terry", () => {
  test("of two items: the log-odds of their wins, and their error", () => {
    const fit = bradleyTerry([
      [0, 3],
      [1, 0],
    ])!;
    expect(fit.strengths[0] - fit.strengths[1]).toBeCloseTo(Math.log(3), 10);
    // Var(s₀ − s₁) = 1/(n·p·(1 − p)); of one of them, a quarter of it
    expect(fit.standardErrors[0] ** 2).toBeCloseTo(1 / (4 * 0.75 * 0.25) / 4, 10);
  });

  test("an item that never lost has no finite strength, but a penalised one", () => {
    const wins = [
      [0, 2, 1],
      [0, 0, 1],
      [0, 1, 0],
    ];
    expect(bradleyTerry(wins)).toBeNull();
    const { strengths } = bradleyTerry(wins, 0.1)!;
    expect(strengths[0]).toBeGreaterThan(strengths[1]);
    expect(strengths.reduce((a, b) => a + b)).toBeCloseTo(0, 10);
  });
});

describe("Plackett–Luce", () => {
  test("on rankings of two is Bradley–Terry", () => {
    const rankings = [
      [[0], [1]],
      [[0], [1]],
      [[1], [0]],
      [[1], [2]],
      [[2], [1]],
      [[2], [0]],
    ];
    const wins = [
      [0, 2, 0],
      [1, 0, 1],
      [1, 1, 0],
    ];
    const [a, b] = [plackettLuce(rankings, 3)!, bradleyTerry(wins)!];
    a.strengths.forEach((s, i) => expect(s).toBeCloseTo(b.strengths[i], 9));
    expect(a.logLikelihood).toBeCloseTo(b.logLikelihood, 9);
  });

  test("does not exist where one item is always first; a tie leaves its items alike", () => {
    expect(
      plackettLuce(
        [
          [[0], [1], [2]],
          [[0], [2], [1]],
        ],
        3,
      ),
    ).toBeNull();
    const { strengths } = plackettLuce(
      [
        [[0, 1], [2]],
        [[2], [0, 1]],
      ],
      3,
    )!;
    expect(strengths[0]).toBeCloseTo(strengths[1], 9);
  });
});

test("models with ties are at a maximum of their likelihood", () => {
  const uniform = seededUniform("ties");
  const outcomes = Array.from({ length: 60 }, (): Outcome => {
    const i = Math.floor(uniform() * 3);
    const result = (["i", "j", "tie"] as const)[Math.floor(uniform() * 3)];
    return { i, j: (i + 1 + Math.floor(uniform() * 2)) % 3, result };
  });
  const [d, r] = [davidson(outcomes, 3), raoKupper(outcomes, 3)];
  const davidsonAt = ([a, b, c, nu]: number[]) =>
    outcomes.reduce((sum, { i, j, result }) => {
      const s = [a, b, c];
      const weights = {
        i: Math.exp(s[i]),
        j: Math.exp(s[j]),
        tie: nu * Math.exp((s[i] + s[j]) / 2),
      };
      return sum + Math.log(weights[result] / (weights.i + weights.j + weights.tie));
    }, 0);
  const raoKupperAt = ([a, b, c, theta]: number[]) =>
    outcomes.reduce((sum, { i, j, result }) => {
      const s = [a, b, c];
      const [x, y] = [Math.exp(s[i]), Math.exp(s[j])];
      const [wins, loses] = [x / (x + theta * y), y / (y + theta * x)];
      return sum + Math.log({ i: wins, j: loses, tie: 1 - wins - loses }[result]);
    }, 0);
  for (const [fit, at] of [
    [d, davidsonAt],
    [r, raoKupperAt],
  ] as const) {
    const x = [...fit.strengths, fit.ties];
    expect(fit.logLikelihood).toBeCloseTo(at(x), 9);
    x.forEach((_, i) => expect(Math.abs(slope(at, x, i))).toBeLessThan(1e-5));
  }
});

describe("crowd-BT", () => {
  const strengths = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), {
    minLength: 3,
    maxLength: 3,
  });
  const reliability = fc.array(fc.double({ min: 0.1, max: 0.9, noNaN: true }), {
    minLength: 2,
    maxLength: 2,
  });
  const observations = fc.array(
    fc.record({
      labeler: fc.nat(1),
      winner: fc.constantFrom(0, 1),
      loser: fc.constant(2),
      weight: fc.constantFrom(1, 0.5),
    }),
    { minLength: 1, maxLength: 6 },
  );

  test("its gradients are those of its likelihood", () => {
    fc.assert(
      fc.property(strengths, reliability, observations, (s, eta, said) => {
        const at = crowdLikelihood(said, s, eta);
        s.forEach((_, i) =>
          expect(slope((x) => crowdLikelihood(said, x, eta).value, s, i)).toBeCloseTo(
            at.strengths[i],
            5,
          ),
        );
        eta.forEach((_, k) =>
          expect(slope((x) => crowdLikelihood(said, s, x).value, eta, k)).toBeCloseTo(
            at.reliability[k],
            5,
          ),
        );
      }),
    );
  });

  /** Many prompts of four items; the last labeler says the contrary, the one before guesses. */
  function simulated(): { prompts: CrowdPrompt[]; truth: number[][] } {
    const uniform = seededUniform("crowd");
    const truth = Array.from({ length: 60 }, () => Array.from({ length: 4 }, () => 4 * uniform()));
    const prompts = truth.map((s) => {
      const said: Observation[] = [];
      for (let labeler = 0; labeler < 6; labeler++) {
        for (let i = 0; i < 4; i++) {
          for (let j = 0; j < i; j++) {
            const seen = uniform() < 1 / (1 + Math.exp(s[j] - s[i]));
            const isSaid = labeler === 4 ? uniform() < 0.5 : labeler === 5 ? !seen : seen;
            said.push({ labeler, winner: isSaid ? i : j, loser: isSaid ? j : i });
          }
        }
      }
      return { items: 4, observations: said };
    });
    return { prompts, truth };
  }

  test("each iteration is better than the last, and finds who guesses and who says the contrary", () => {
    const { prompts, truth } = simulated();
    const reached: number[] = [];
    const fit = crowdBradleyTerry(prompts, 6, {
      onIteration: (_, __, objective) => reached.push(objective()),
    });
    expect(fit.converged).toBe(true);
    reached.slice(1).forEach((now, i) => expect(now).toBeGreaterThanOrEqual(reached[i] - 1e-7));
    for (const honest of [0, 1, 2, 3]) expect(fit.reliability[honest]).toBeGreaterThan(0.85);
    expect(fit.reliability[4]).toBeGreaterThan(0.3);
    expect(fit.reliability[4]).toBeLessThan(0.7);
    expect(fit.reliability[5]).toBeLessThan(0.15);
    // the contrary labeler is worth as much as an honest one: more pairs right than without knowing
    const right = (all: readonly (readonly number[])[]) =>
      all.reduce((sum, own, at) => {
        const pairs = own.flatMap((x, i) =>
          own.slice(0, i).map((y, j) => (x - y) * (truth[at][i] - truth[at][j]) > 0),
        );
        return sum + pairs.filter(Boolean).length;
      }, 0);
    const plain = crowdBradleyTerry(prompts, 6, { maxIterations: 1 });
    expect(right(fit.strengths)).toBeGreaterThan(right(plain.strengths));
  });

  test("a tie is half of a win each way: its items stay alike", () => {
    const tie = crowdPrompt(
      [{ labeler: "x", groups: [[0, 1], [2]], shown: [0, 1, 2] }],
      3,
      () => 0,
    );
    expect(tie.observations).toHaveLength(4);
    const { strengths } = crowdBradleyTerry([tie], 1);
    expect(strengths[0][0]).toBeCloseTo(strengths[0][1], 9);
    expect(strengths[0][0]).toBeGreaterThan(strengths[0][2]);
  });
});

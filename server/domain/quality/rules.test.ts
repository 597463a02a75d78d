import { describe, expect, test } from "vitest";
import { qualityReport, type LabelerReport, type ReportTask } from "./report";
import { findings, newFindings, zQualityRules } from "./rules";
import { labelerWeights } from "./weights";
import { seededUniform } from "../sorter/random";

const rules = zQualityRules.parse({});
const items = [0, 1, 2, 3];

/** Tasks of a truth 0 > 1 > 2 > 3, shown at random; each labeler orders by a way of their own. */
function work(
  n: number,
  ways: Record<string, (shown: readonly number[]) => number[]>,
  gold = false,
): ReportTask[] {
  const uniform = seededUniform("work");
  return Array.from({ length: n }, (_, i) => ({
    id: `${i}`,
    items: items.length,
    expected: gold ? [[0], [1], [2], [3]] : null,
    rankings: Object.entries(ways).map(([labeler, order]) => {
      const shown = items
        .map((item) => ({ item, at: uniform() }))
        .sort((a, b) => a.at - b.at)
        .map(({ item }) => item);
      return {
        task: `${i}`,
        labeler,
        groups: order(shown).map((item) => [item]),
        shown,
        lengths: [20, 40, 10, 30],
        seconds: labeler === "hasty" ? 0.5 : 60,
      };
    }),
  }));
}

const truth = () => items;
const contrary = () => items.toReversed();
const asShown = (shown: readonly number[]) => [...shown];

function reportOf(tasks: ReportTask[], labeler: string): LabelerReport {
  return qualityReport(tasks).labelers.find((own) => own.labeler === labeler)!;
}

describe("the report", () => {
  const three = { one: truth, two: truth, contrary };
  const report = qualityReport(work(20, three, true));

  test("says how labelers agree, together and each", () => {
    expect(report).toMatchObject({ tasks: 20, shared: 20, rankings: 60, ties: 0 });
    expect(report.pairwise).toBeCloseTo(1 / 3, 12);
    expect(report.tau).toBeCloseTo(-1 / 3, 12);
    const [one, , other] = report.labelers;
    expect(one).toMatchObject({ labeler: "one", rankings: 20, gold: { accuracy: 1, tasks: 20 } });
    expect(one.agreement.rate).toBeCloseTo(0.5, 12);
    expect(other).toMatchObject({ labeler: "contrary", gold: { accuracy: 0 } });
    expect(other.agreement.rate).toBe(0);
  });

  test("weighs labelers by what their comparisons tell", () => {
    const weights = report.labelers.map(({ labeler, weight }) => [labeler, weight]);
    expect(Object.fromEntries(weights)).toMatchObject({ contrary: 0 });
    expect(Math.max(...report.labelers.map(({ weight }) => weight))).toBe(1);
  });

  test("knows nothing of a labeler whose tasks nobody shares", () => {
    const alone = qualityReport(work(5, { alone: truth }));
    expect(alone).toMatchObject({ shared: 0, pairwise: null, tau: null, alpha: null });
    expect(alone.labelers).toMatchObject([{ reliability: null, comparisons: 0, weight: 1 }]);
    expect(findings(alone.labelers[0], rules)).toEqual([]);
  });

  test("of nothing is nothing", () => {
    expect(qualityReport([])).toMatchObject({ tasks: 0, rankings: 0, labelers: [] });
  });
});

describe("the rules", () => {
  test("leave a careful labeler alone", () => {
    const tasks = work(40, { one: truth, two: truth, three: truth }, true);
    expect(qualityReport(tasks).labelers.flatMap((own) => findings(own, rules))).toEqual([]);
  });

  test("pause whoever fails gold and answers by a pattern, the gravest first", () => {
    const ways = { one: truth, two: truth, three: truth, hasty: asShown };
    const found = findings(reportOf(work(80, ways, true), "hasty"), rules);
    expect(found.map(({ measure, action }) => [measure, action])).toEqual([
      ["gold", "pause"],
      ["straight-lining", "pause"],
      ["agreement", "review"],
      ["speed", "warn"],
      ["position", "warn"],
    ]);
    expect(found[0]).toMatchObject({ threshold: 0.5, n: 80 });
  });

  test("say nothing of too little work, or where they are off", () => {
    const few = reportOf(work(4, { one: truth, hasty: asShown }, true), "hasty");
    expect(findings(few, rules)).toEqual([]);
    const many = reportOf(work(30, { one: truth, hasty: asShown }, true), "hasty");
    const off = zQualityRules.parse(
      Object.fromEntries(Object.keys(rules).map((name) => [name, { action: "off" }])),
    );
    expect(findings(many, off)).toEqual([]);
  });

  test("one bad gold task of five is no reason: the whole interval must be below", () => {
    const tasks = work(5, { one: truth }, true);
    const half = tasks.map((task, i) =>
      i < 3 ? task : { ...task, expected: [[3], [2], [1], [0]] },
    );
    expect(reportOf(half, "one").gold).toMatchObject({ accuracy: 0.6, tasks: 5 });
    expect(findings(reportOf(half, "one"), rules)).toEqual([]);
  });

  test("speak again only when the last word is settled and as much new work is done", () => {
    const found = findings(
      reportOf(work(30, { one: truth, hasty: asShown }, true), "hasty"),
      rules,
    );
    const gold = found.slice(0, 1);
    const told = (n: number, resolved: boolean) => [{ measure: "gold", n, resolved }];
    expect(newFindings(gold, [], rules)).toEqual(gold);
    expect(newFindings(gold, told(10, false), rules)).toEqual([]);
    expect(newFindings(gold, told(26, true), rules)).toEqual([]);
    expect(newFindings(gold, told(25, true), rules)).toEqual(gold);
    expect(newFindings(gold, [{ measure: "speed", n: 30, resolved: false }], rules)).toEqual(gold);
  });
});

test("whoever shares too little weighs as the others do; a guesser weighs nothing", () => {
  const weights = labelerWeights(
    new Map([
      ["best", { reliability: 0.95, comparisons: 300 }],
      ["half", { reliability: 0.725, comparisons: 300 }],
      ["guesses", { reliability: 0.4, comparisons: 300 }],
      ["new", { reliability: 0.99, comparisons: 5 }],
    ]),
  );
  expect(["best", "half", "guesses", "new", "unknown"].map(weights)).toEqual(
    [1, 0.5, 0, 0.5, 0.5].map((weight) => expect.closeTo(weight, 12) as number),
  );
  expect(labelerWeights(new Map())("anybody")).toBe(1);
});

import type { ChartFormat } from "@/app/ui/chart-data";
import type { Outputs } from "@/app/lib/trpc";

type Kind = Outputs["runs"]["get"]["kind"];

/** A line of a chart: which measurement, in which hue, with which measurements as its interval. */
export interface PlannedLine {
  readonly metric: string;
  readonly color: string;
  readonly interval?: readonly [low: string, high: string];
}

export interface PlannedPanel {
  readonly lines: readonly PlannedLine[];
  readonly format?: ChartFormat;
  readonly domain?: readonly [number, number];
  /** Measurements drawn as a level, by their newest value. */
  readonly levels?: readonly string[];
  /** What is left out without a measurement of its own. */
  readonly optional?: boolean;
}

/** A large chart: it answers one question. */
export interface PlannedChart {
  readonly question:
    | "learning"
    | "drifting"
    | "cheating"
    | "predicting"
    | "preferring"
    | "fitting"
    | "truth";
  readonly panels: readonly PlannedPanel[];
}

const truth: PlannedPanel = {
  lines: [{ metric: "truth/exact", color: "var(--proof)" }],
  format: "percent",
  domain: [0, 1],
  optional: true,
};

/** Of whatever answers prompts and is rewarded for it. */
const rewarded: readonly PlannedChart[] = [
  {
    question: "learning",
    panels: [{ lines: [{ metric: "objective/scores", color: "var(--reward)" }] }, truth],
  },
  {
    question: "drifting",
    panels: [{ lines: [{ metric: "objective/kl", color: "var(--policy)" }] }],
  },
  {
    question: "cheating",
    panels: [
      {
        lines: [
          {
            metric: "completions/mean_length",
            color: "var(--ranking)",
            interval: ["completions/min_length", "completions/max_length"],
          },
        ],
        optional: true,
      },
      { lines: [{ metric: "objective/entropy", color: "var(--policy)" }] },
    ],
  },
];

const plans: Record<Kind, readonly PlannedChart[]> = {
  "best-of-n": [], // drawn by n, not by step
  ppo: rewarded,
  rloo: rewarded,
  grpo: rewarded,
  dpo: [
    {
      question: "preferring",
      panels: [
        {
          lines: [
            { metric: "rewards/accuracies", color: "var(--ranking)" },
            { metric: "eval/accuracy", color: "var(--policy)" },
          ],
          format: "percent",
        },
        truth,
      ],
    },
    {
      question: "fitting",
      panels: [
        {
          lines: [
            { metric: "loss", color: "var(--ranking)" },
            { metric: "eval/loss", color: "var(--policy)" },
          ],
        },
      ],
    },
  ],
  reward: [
    {
      question: "predicting",
      panels: [
        {
          lines: [
            {
              metric: "eval/accuracy",
              color: "var(--reward)",
              interval: ["eval/accuracy_low", "eval/accuracy_high"],
            },
          ],
          format: "percent",
          levels: ["eval/length_baseline"],
        },
      ],
    },
    {
      question: "fitting",
      panels: [
        {
          lines: [
            { metric: "loss", color: "var(--ranking)" },
            { metric: "eval/loss", color: "var(--reward)" },
          ],
        },
      ],
    },
  ],
  sft: [
    {
      question: "fitting",
      panels: [
        {
          lines: [
            { metric: "loss", color: "var(--demonstration)" },
            { metric: "eval/loss", color: "var(--policy)" },
          ],
        },
      ],
    },
    { question: "truth", panels: [truth] },
  ],
};

/** The order in which small charts stand, by what a reader asks next; the unknown come last. */
const order = [
  "accuracy",
  "margin",
  "policy/clipfrac",
  "val/var_explained",
  "rewards/",
  "logps/",
  "completions/",
  "objective/",
  "policy/",
  "loss/",
  "val/",
  "returns/",
  "eval/",
  "grad_norm",
  "value_grad_norm",
  "lr",
  "episode",
  "tokens_per_second",
];

const shares = /accurac|clipfrac|clipped_ratio|exact|ordered|length_baseline|_share$|frac_reward/;

export const formatOf = (metric: string): ChartFormat =>
  shares.test(metric) ? "percent" : "number";

/**
 * Which charts a run gets: the large ones of its kind that have something to show (or will), and a
 * small one for every other measurement, whatever its name.
 * @param measured names seen so far @param live more may come
 */
export function planCharts(kind: Kind, measured: ReadonlySet<string>, live: boolean) {
  const has = (panel: PlannedPanel) => panel.lines.some((line) => measured.has(line.metric));
  const large = plans[kind].flatMap((chart) => {
    const panels = chart.panels.filter((panel) => has(panel) || (live && !panel.optional));
    return panels.length === 0 ? [] : [{ question: chart.question, panels }];
  });
  const shown = new Set(
    large.flatMap((chart) =>
      chart.panels.flatMap((panel) => [
        ...panel.lines.flatMap((line) => [line.metric, ...(line.interval ?? [])]),
        ...(panel.levels ?? []),
      ]),
    ),
  );
  const place = (metric: string) => {
    const at = order.findIndex((prefix) => metric.startsWith(prefix));
    return at < 0 ? order.length : at;
  };
  const small = [...measured]
    .filter((metric) => !shown.has(metric))
    .sort((a, b) => place(a) - place(b) || a.localeCompare(b, "en"));
  return { large, small };
}

"use client";

import { useLocale, useT } from "@/app/lib/i18n/client";
import { percentText } from "./circle-words";

const size = { width: 200, height: 56, pad: 8 };

/** True accuracy round by round, from 0 to 100 %, as small as fits under the proof. */
export function TruthLine({ rounds }: { rounds: { round: number; exact: number }[] }) {
  const t = useT();
  const locale = useLocale();
  if (rounds.length < 2) return null;
  const { width, height, pad } = size;
  const step = (width - 2 * pad) / (rounds.length - 1);
  const points = rounds.map(({ exact }, index) => ({
    x: pad + index * step,
    y: height - pad - exact * (height - 2 * pad),
  }));
  const said = rounds.map(({ round, exact }) =>
    t("circle.proof.round", { round, exact: percentText(exact, locale) }),
  );
  return (
    <svg
      role="img"
      aria-label={`${t("circle.proof.chart")}. ${said.join(", ")}`}
      viewBox={`0 0 ${width} ${height}`}
      className="ml-14 block h-14 max-w-52 text-proof @min-[960px]:mx-auto"
    >
      <line
        x1={pad}
        x2={width - pad}
        y1={height - pad}
        y2={height - pad}
        className="stroke-line"
        strokeWidth="1"
      />
      <polyline
        points={points.map(({ x, y }) => `${x},${y}`).join(" ")}
        className="fill-none stroke-current"
        strokeWidth="2"
        strokeLinejoin="round"
      />
      {points.map(({ x, y }, index) => (
        <circle key={rounds[index].round} cx={x} cy={y} r="3.5" className="fill-current">
          <title>{said[index]}</title>
        </circle>
      ))}
    </svg>
  );
}

"use client";

import { ArrowDown, CornerLeftUp } from "lucide-react";
import { CircleEdge } from "./circle-edge";
import {
  edgeEnds,
  type EdgeName,
  edgeNames,
  type StationName,
  stationNames,
} from "@/server/domain/circle";
import { edgeLabelAt, percent, proofAt, ring, stationAt, viewBox } from "./circle-geometry";
import { hueOf, Station, type StationWords } from "./station";

export interface EdgeWords {
  /** What happens on the way, in two or three words. */
  label: string;
  /** The job that moves along it: how far (0–1, null = not known) and the words beside it. */
  running?: { progress: number | null; text: string };
}

/** Which edge a reader of the list meets below each station. */
const edgeBelow: Record<StationName, EdgeName> = {
  prompts: "write",
  demonstrations: "imitate",
  policy: "answer",
  rankings: "fit",
  reward: "practise",
  ppo: "renew",
};

/**
 * The loop as a drawing where there is room (960 px), as a vertical list where there is not:
 * one ordered list of links either way, the arrows being decoration.
 */
export function CircleMap({
  title,
  stations,
  edges,
  proof,
  proofFigure,
}: {
  title: string;
  stations: Record<StationName, StationWords>;
  edges: Record<EdgeName, EdgeWords>;
  proof: StationWords;
  /** What stands under the proof's words: true accuracy round by round. */
  proofFigure?: React.ReactNode;
}) {
  const busy = new Set(edgeNames.filter((name) => edges[name].running).map(targetOf));
  return (
    <div className="@container">
      <div
        className="relative mx-auto max-w-[1120px] @min-[960px]:aspect-[1000/530]"
        data-testid="circle"
      >
        <svg
          aria-hidden
          viewBox={`0 0 ${viewBox.width} ${viewBox.height}`}
          className="absolute inset-0 hidden size-full overflow-visible @min-[960px]:block"
        >
          <defs>
            <marker
              id="circle-arrow"
              viewBox="0 0 10 10"
              refX="7"
              refY="5"
              markerWidth="11"
              markerHeight="11"
              markerUnits="userSpaceOnUse"
              orient="auto"
            >
              <path d="M1,1 L8,5 L1,9" className="fill-none stroke-muted" strokeWidth="1.5" />
            </marker>
          </defs>
          <ellipse cx={ring.x} cy={ring.y} rx={ring.rx} ry={ring.ry} className="fill-wash" />
          {edgeNames.map((name) => (
            <CircleEdge key={name} name={name} progress={edges[name].running?.progress} />
          ))}
        </svg>
        <ol aria-label={title} className="m-0 list-none p-0">
          {stationNames.map((name, index) => (
            <li key={name}>
              <div
                style={percent(stationAt[name])}
                className="@min-[960px]:absolute @min-[960px]:w-[23.5%] @min-[960px]:-translate-x-1/2 @min-[960px]:-translate-y-1/2"
              >
                <Station
                  name={name}
                  number={index + 1}
                  words={stations[name]}
                  busy={busy.has(name)}
                />
              </div>
              <EdgeLabel name={edgeBelow[name]} words={edges[edgeBelow[name]]} />
              {name === "prompts" && <EdgeLabel name="collect" words={edges.collect} onMap />}
            </li>
          ))}
          <li>
            <div
              style={percent(proofAt)}
              className="@min-[960px]:absolute @min-[960px]:w-[23%] @min-[960px]:-translate-x-1/2 @min-[960px]:-translate-y-1/2"
            >
              <Station name="proof" words={proof} busy={false} />
              {proofFigure}
            </div>
          </li>
        </ol>
      </div>
    </div>
  );
}

const targetOf = (name: EdgeName): StationName => edgeEnds[name].to;

/** `onMap`: an edge that the list leaves out, for it is no step to the next station. */
function EdgeLabel(props: { name: EdgeName; words: EdgeWords; onMap?: boolean }) {
  const { name, words, onMap } = props;
  const at = edgeLabelAt[name];
  const Arrow = name === "renew" ? CornerLeftUp : ArrowDown;
  const shift =
    at.align === "center"
      ? "@min-[960px]:-translate-x-1/2"
      : at.align === "right"
        ? "@min-[960px]:-translate-x-full @min-[960px]:text-right"
        : "";
  return (
    <div
      style={percent(at)}
      className={`${onMap ? "hidden @min-[960px]:flex" : "flex"} items-start gap-5 px-5 py-1 text-sm leading-5 text-muted @min-[960px]:absolute @min-[960px]:w-max @min-[960px]:max-w-[17%] @min-[960px]:-translate-y-1/2 @min-[960px]:p-0 ${shift}`}
    >
      <Arrow aria-hidden size={16} className="mt-0.5 shrink-0 text-muted @min-[960px]:hidden" />
      <span>
        {words.label}
        {words.running && (
          <span
            className="block font-semibold tabular-nums"
            style={{ color: hueOf(targetOf(name)) }}
          >
            {words.running.text}
          </span>
        )}
      </span>
    </div>
  );
}

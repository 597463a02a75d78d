"use client";

import { useLayoutEffect, useRef } from "react";
import { edgeEnds, type EdgeName } from "@/server/domain/circle";
import { edgePath } from "./circle-geometry";
import { hueOf } from "./station";

/** One arrow of the drawing; with `progress` the running job has come so far along it (0–1). */
export function CircleEdge({ name, progress }: { name: EdgeName; progress?: number | null }) {
  const leadsIn = name === "write" || name === "collect" || name === "imitate";
  const hue = hueOf(edgeEnds[name].to);
  return (
    <g>
      <path
        d={edgePath[name]}
        className="fill-none stroke-line"
        strokeWidth={leadsIn ? 1.5 : 2.5}
        markerEnd="url(#circle-arrow)"
      />
      {progress !== undefined && (
        <Traveller d={edgePath[name]} hue={hue} progress={progress ?? null} />
      )}
    </g>
  );
}

/** The job itself: the way it has come in its station's hue, and a dot where it is. */
function Traveller({ d, hue, progress }: { d: string; hue: string; progress: number | null }) {
  const path = useRef<SVGPathElement>(null);
  const dot = useRef<SVGGElement>(null);
  const share = progress === null ? 0.5 : Math.min(1, Math.max(0, progress));
  useLayoutEffect(() => {
    const line = path.current;
    if (!line || !dot.current) return;
    const at = line.getPointAtLength(line.getTotalLength() * share);
    dot.current.style.transform = `translate(${at.x}px, ${at.y}px)`;
  }, [share]);

  return (
    <g style={{ color: hue }}>
      <path
        d={d}
        pathLength={1}
        className="fill-none stroke-current transition-[stroke-dasharray] duration-1000 ease-linear motion-reduce:transition-none"
        strokeWidth={3}
        strokeLinecap="round"
        strokeDasharray={`${share} 2`}
      />
      {/* the same line in its own units, to measure along */}
      <path ref={path} d={d} className="fill-none stroke-none" />
      <g
        ref={dot}
        className="transition-transform duration-1000 ease-linear motion-reduce:transition-none"
      >
        <circle
          r={13}
          className="animate-pulse fill-current opacity-25 motion-reduce:animate-none"
        />
        <circle r={6} className="fill-current stroke-paper" strokeWidth={2} />
      </g>
    </g>
  );
}

import type { EdgeName, StationName } from "@/server/domain/circle";

/**
 * The drawing of the loop: two stations lead in, four stand on the ring that goes round and
 * round, the proof is in its middle. Units are those of the viewBox, 1000 × 530.
 */
export const viewBox = { width: 1000, height: 530 } as const;

interface Point {
  readonly x: number;
  readonly y: number;
}

export const ring = { x: 640, y: 265, rx: 240, ry: 200 } as const;
/** Half a station's size: what an arrow keeps clear of. */
const half = { x: 118, y: 50 } as const;

export const stationAt: Record<StationName, Point> = {
  prompts: { x: 118, y: 105 },
  demonstrations: { x: 118, y: 425 },
  policy: { x: ring.x - ring.rx, y: ring.y },
  rankings: { x: ring.x, y: ring.y - ring.ry },
  reward: { x: ring.x + ring.rx, y: ring.y },
  ppo: { x: ring.x, y: ring.y + ring.ry },
};
export const proofAt: Point = { x: ring.x, y: ring.y };

/** Where the ring stands at height y (right half for side 1, left for −1). */
const ringX = (y: number, side: 1 | -1) =>
  ring.x + side * ring.rx * Math.sqrt(1 - ((y - ring.y) / ring.ry) ** 2);
const ringY = (x: number, side: 1 | -1) =>
  ring.y + side * ring.ry * Math.sqrt(1 - ((x - ring.x) / ring.rx) ** 2);

const gap = 6;
const top = ring.y - half.y - gap;
const bottom = ring.y + half.y + gap;
const left = ring.x - half.x - gap;
const right = ring.x + half.x + gap;
const arc = (from: Point, to: Point) =>
  `M${r(from.x)},${r(from.y)} A${ring.rx},${ring.ry} 0 0 1 ${r(to.x)},${r(to.y)}`;
const r = (value: number) => Math.round(value * 10) / 10;

const { prompts, demonstrations, policy } = stationAt;
export const edgePath: Record<EdgeName, string> = {
  write: `M${prompts.x},${prompts.y + half.y + gap} L${prompts.x},${demonstrations.y - half.y - gap}`,
  collect:
    `M${prompts.x + half.x + gap},${prompts.y} ` +
    `C${policy.x - 50},${prompts.y} ${policy.x - 36},${prompts.y + 20} ${policy.x - 36},${top}`,
  imitate:
    `M${demonstrations.x + half.x + gap},${demonstrations.y} ` +
    `C${policy.x - 50},${demonstrations.y} ${policy.x - 36},${demonstrations.y - 20} ${policy.x - 36},${bottom}`,
  answer: arc({ x: ringX(top, -1), y: top }, { x: left, y: ringY(left, -1) }),
  fit: arc({ x: right, y: ringY(right, -1) }, { x: ringX(top, 1), y: top }),
  practise: arc({ x: ringX(bottom, 1), y: bottom }, { x: right, y: ringY(right, 1) }),
  renew: arc({ x: left, y: ringY(left, 1) }, { x: ringX(bottom, -1), y: bottom }),
};

/** Where an edge says what happens on it: inside the ring, or beside the line that leads in. */
export const edgeLabelAt: Record<EdgeName, Point & { align: "left" | "right" | "center" }> = {
  write: { x: prompts.x + 14, y: ring.y, align: "left" },
  collect: { x: 318, y: 86, align: "center" },
  imitate: { x: 326, y: 460, align: "center" },
  answer: { x: 480, y: 152, align: "left" },
  fit: { x: 800, y: 152, align: "right" },
  practise: { x: 800, y: 380, align: "right" },
  renew: { x: 480, y: 380, align: "left" },
};

export const percent = (point: Point) => ({
  left: `${r((point.x / viewBox.width) * 100)}%`,
  top: `${r((point.y / viewBox.height) * 100)}%`,
});

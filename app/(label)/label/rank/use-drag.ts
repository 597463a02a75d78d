"use client";

import { type PointerEvent as ReactPointerEvent, useEffect, useRef, useState } from "react";
import type { Letter } from "@/server/domain/ranking";

/** Where a completion can be let go; written on the elements as `data-drop`: "slot-2", "before-2", "not-rankable". */
export type DropTarget =
  | { type: "slot"; slot: number }
  | { type: "before"; slot: number }
  | { type: "not-rankable" };

export interface Drag {
  letter: Letter;
  x: number;
  y: number;
  over: DropTarget | null;
}

export const dropName = (target: DropTarget): string =>
  target.type === "not-rankable" ? target.type : `${target.type}-${target.slot}`;

export function parseDrop(name: string | undefined): DropTarget | null {
  if (name === "not-rankable") return { type: name };
  const match = /^(slot|before)-(\d+)$/.exec(name ?? "");
  return match ? { type: match[1] as "slot" | "before", slot: Number(match[2]) } : null;
}

const targetAt = (x: number, y: number): DropTarget | null =>
  parseDrop(document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-drop]")?.dataset.drop);

/** So far a press may slip and still be a press. */
const slip = 5;

/** Drag by mouse, pen or finger, with pointer events. Escape takes it back. */
export function useDrag(onDrop: (letter: Letter, target: DropTarget) => void) {
  const [drag, setDrag] = useState<Drag | null>(null);
  const start = useRef<{ letter: Letter; x: number; y: number } | null>(null);

  useEffect(() => {
    if (!drag) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      start.current = null;
      setDrag(null);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [drag]);

  const end = () => {
    start.current = null;
    setDrag(null);
  };
  /** For the element by which the completion is taken. */
  const handleProps = (letter: Letter) => ({
    onPointerDown: (event: ReactPointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      start.current = { letter, x: event.clientX, y: event.clientY };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: ReactPointerEvent<HTMLElement>) => {
      const { clientX: x, clientY: y } = event;
      if (!start.current) return;
      if (!drag && Math.hypot(x - start.current.x, y - start.current.y) < slip) return;
      setDrag({ letter: start.current.letter, x, y, over: targetAt(x, y) });
    },
    onPointerUp: (event: ReactPointerEvent<HTMLElement>) => {
      const target = drag && start.current ? targetAt(event.clientX, event.clientY) : null;
      if (target) onDrop(letter, target);
      end();
    },
    onPointerCancel: end,
  });
  return { drag, handleProps };
}

export type HandleProps = ReturnType<ReturnType<typeof useDrag>["handleProps"]>;

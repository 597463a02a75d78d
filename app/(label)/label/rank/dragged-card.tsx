import type { Letter } from "@/server/domain/ranking";
import type { Drag } from "./use-drag";

/** What is under the pointer while a completion is dragged. */
export function DraggedCard(props: {
  drag: Drag;
  completions: readonly { letter: Letter; text: string }[];
}) {
  const { drag, completions } = props;
  return (
    <div
      aria-hidden
      className="pointer-events-none fixed z-50 max-w-64 -translate-x-1/2 -translate-y-1/2 truncate rounded-base border border-ranking bg-paper px-3 py-2 text-sm shadow-float"
      style={{ left: drag.x, top: drag.y }}
    >
      <span className="mr-2 font-semibold text-ranking">{drag.letter}</span>
      {completions.find(({ letter }) => letter === drag.letter)?.text.slice(0, 80)}
    </div>
  );
}

import type { Letter } from "@/server/domain/ranking";

interface Box {
  letter: Letter;
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** How a moment is shared between completions: by the area of each that is in view, 1 in all, or nothing in view. */
export function sharesInView(
  boxes: readonly Box[],
  view: { top: number; bottom: number; left: number; right: number },
): [Letter, number][] {
  const areas = boxes.map((box): [Letter, number] => {
    const height = Math.min(box.bottom, view.bottom) - Math.max(box.top, view.top);
    const width = Math.min(box.right, view.right) - Math.max(box.left, view.left);
    return [box.letter, Math.max(0, height) * Math.max(0, width)];
  });
  const sum = areas.reduce((all, [, area]) => all + area, 0);
  return areas.flatMap(([letter, area]) => (area > 0 ? [[letter, area / sum]] : []));
}

/** The completions of the page as they lie now. */
export function boxesOnPage(): Box[] {
  return [...document.querySelectorAll<HTMLElement>("[data-completion]")].map((card) => {
    const { top, bottom, left, right } = card.getBoundingClientRect();
    return { letter: card.dataset.completion as Letter, top, bottom, left, right };
  });
}

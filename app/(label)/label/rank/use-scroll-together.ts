"use client";

import { type UIEvent, useCallback, useRef } from "react";

/** Scrolls by a share of what an element has to scroll. @returns where it then is, null when it was there */
function scrollByShare(element: HTMLElement, share: number): number | null {
  const before = element.scrollTop;
  element.scrollTop = share * (element.scrollHeight - element.clientHeight);
  return element.scrollTop === before ? null : element.scrollTop;
}

/** Elements scrolled together, each by the same share of its own length: what is read side by side stays side by side. */
export function useScrollTogether() {
  const elements = useRef(new Set<HTMLElement>());
  /** Set by us, not by the reader: its scroll event says nothing new. */
  const moved = useRef(new Map<HTMLElement, number>());
  const ref = useCallback((element: HTMLElement | null) => {
    if (element) elements.current.add(element);
    return () => {
      if (element) elements.current.delete(element);
    };
  }, []);
  const onScroll = useCallback((event: UIEvent<HTMLElement>) => {
    const source = event.currentTarget;
    const expected = moved.current.get(source);
    moved.current.delete(source);
    if (expected !== undefined && Math.abs(expected - source.scrollTop) < 2) return;
    const share = source.scrollTop / Math.max(1, source.scrollHeight - source.clientHeight);
    for (const element of elements.current) {
      if (element === source) continue;
      const at = scrollByShare(element, share);
      if (at !== null) moved.current.set(element, at);
    }
  }, []);
  return { ref, onScroll };
}

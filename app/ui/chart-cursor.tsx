"use client";

import { createContext, type ReactNode, useContext, useMemo, useState } from "react";

interface Cursor {
  readonly x: number | null;
  readonly set: (x: number | null) => void;
}

const CursorContext = createContext<Cursor | null>(null);

/** Charts inside point at the same x together: where the reward jumped, what did the KL do? */
export function ChartGroup({ children }: { readonly children: ReactNode }) {
  const [x, set] = useState<number | null>(null);
  const cursor = useMemo(() => ({ x, set }), [x]);
  return <CursorContext value={cursor}>{children}</CursorContext>;
}

/** The cursor of the group around a chart, or one of its own. */
export function useCursor(): Cursor {
  const shared = useContext(CursorContext);
  const [x, set] = useState<number | null>(null);
  return shared ?? { x, set };
}

import type { ReactNode } from "react";

/** What a key does is written on the thing itself. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-grid h-5 min-w-5 place-items-center rounded-base border border-line bg-wash px-1 font-sans text-[0.75rem] text-muted">
      {children}
    </kbd>
  );
}

/** The key of a button, where there is a keyboard. */
export const KeyHint = ({ children }: { children: ReactNode }) => (
  <span className="pointer-coarse:hidden">
    <Kbd>{children}</Kbd>
  </span>
);

"use client";

import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { cx } from "./class-names";

interface PopupProps {
  /** What the button shows. */
  button: ReactNode;
  /** Its name, when what it shows is no word. */
  label?: string;
  buttonClassName?: string;
  panelClassName?: string;
  children: ReactNode;
}

/** A button that opens a small panel; Escape, a press elsewhere or going to another page closes it. */
export function Popup({ button, label, buttonClassName, panelClassName, children }: PopupProps) {
  const ref = useRef<HTMLDetailsElement>(null);
  const path = usePathname();
  useEffect(() => {
    const onPress = (event: PointerEvent) => {
      const details = ref.current;
      if (details && !details.contains(event.target as Node)) details.open = false;
    };
    const onKey = (event: KeyboardEvent) => {
      const details = ref.current;
      if (event.key !== "Escape" || !details?.open) return;
      details.open = false;
      if (details.contains(document.activeElement)) details.querySelector("summary")?.focus();
    };
    document.addEventListener("pointerdown", onPress);
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("pointerdown", onPress);
      document.removeEventListener("keydown", onKey);
    };
  }, []);
  return (
    <details ref={ref} key={path} className="relative">
      <summary
        aria-label={label}
        className={cx(
          "flex min-h-9 list-none items-center gap-2 rounded-base px-2 text-sm hover:bg-wash pointer-coarse:min-h-11 pointer-coarse:min-w-11 [&::-webkit-details-marker]:hidden",
          buttonClassName,
        )}
      >
        {button}
      </summary>
      <div
        className={cx(
          "absolute right-0 z-40 mt-1 w-72 max-w-[calc(100vw-2rem)] rounded-base border border-line bg-paper p-4 shadow-float",
          panelClassName,
        )}
      >
        {children}
      </div>
    </details>
  );
}

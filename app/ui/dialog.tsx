"use client";

import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useLayoutEffect, useRef } from "react";
import { useT } from "@/app/lib/i18n/client";
import { cx } from "./class-names";

interface DialogProps {
  open: boolean;
  /** Asked to close: Escape, the cross, or a press outside. */
  onClose: () => void;
  title: ReactNode;
  children: ReactNode;
  /** Buttons, the primary one last. */
  actions?: ReactNode;
  /** For texts that are read in it. */
  wide?: boolean;
}

/** A modal question. The platform's dialog: focus is kept inside and goes back where it was. */
export function Dialog({ open, onClose, title, children, actions, wide }: DialogProps) {
  const t = useT();
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (open && !dialog?.open) dialog?.showModal();
    if (!open && dialog?.open) dialog.close();
  }, [open]);
  useLayoutEffect(() => {
    const dialog = ref.current;
    return () => dialog?.close(); // taken away while it is open it would not give the keyboard back
  }, []);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- Escape closes; this is the press on the backdrop
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onClose={() => open && onClose()}
      onClick={(event) => event.target === ref.current && onClose()}
      className={cx(
        "m-auto rounded-base bg-paper p-0 text-ink shadow-float",
        wide ? "w-[min(56rem,calc(100vw-2rem))]" : "w-[min(36rem,calc(100vw-2rem))]",
      )}
    >
      {open ? (
        <div className="p-6">
          <div className="mb-4 flex items-start justify-between gap-4">
            <h2 id={titleId} className="font-semibold">
              {title}
            </h2>
            <button
              type="button"
              aria-label={t("action.close")}
              onClick={onClose}
              className="-m-2 grid size-9 place-items-center rounded-base hover:bg-wash pointer-coarse:size-11"
            >
              <X aria-hidden className="size-4" />
            </button>
          </div>
          {children}
          {actions ? <div className="mt-6 flex flex-wrap justify-end gap-2">{actions}</div> : null}
        </div>
      ) : null}
    </dialog>
  );
}

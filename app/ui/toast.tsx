"use client";

import { X } from "lucide-react";
import { createContext, type ReactNode, use, useCallback, useRef, useState } from "react";
import { useT } from "@/app/lib/i18n/client";
import { cx } from "./class-names";

export interface ToastContent {
  text: ReactNode;
  tone?: "neutral" | "danger";
  /** For example undo. */
  action?: { label: string; onPress: () => void };
}

const Context = createContext<(toast: ToastContent) => void>(() => {});

/** `const toast = useToast()`; `toast({ text: t("shell.saved") })`. For what is done; failures in place are better. */
export const useToast = (): ((toast: ToastContent) => void) => use(Context);

const shownFor = { neutral: 5000, danger: 12_000 };

export function ToastProvider({ children }: { children: ReactNode }) {
  const t = useT();
  const next = useRef(0);
  const [toasts, setToasts] = useState<(ToastContent & { id: number })[]>([]);
  const close = useCallback((id: number) => {
    setToasts((all) => all.filter((toast) => toast.id !== id));
  }, []);
  const add = useCallback(
    (toast: ToastContent) => {
      const id = next.current++;
      setToasts((all) => [...all.slice(-2), { ...toast, id }]);
      setTimeout(() => close(id), shownFor[toast.tone ?? "neutral"]);
    },
    [close],
  );
  return (
    <Context value={add}>
      {children}
      <output
        aria-live="polite"
        className="pointer-events-none fixed inset-x-4 bottom-4 z-50 flex flex-col items-center gap-2"
      >
        {toasts.map((toast) => (
          <div
            key={toast.id}
            className={cx(
              "pointer-events-auto flex max-w-[60ch] items-center gap-4 rounded-base border bg-paper py-2 pr-2 pl-4 text-sm shadow-float",
              toast.tone === "danger" ? "border-danger" : "border-line",
            )}
          >
            <span>{toast.text}</span>
            {toast.action ? (
              <button
                type="button"
                className="min-h-9 rounded-base px-2 font-semibold text-accent hover:bg-wash"
                onClick={() => {
                  toast.action?.onPress();
                  close(toast.id);
                }}
              >
                {toast.action.label}
              </button>
            ) : null}
            <button
              type="button"
              aria-label={t("action.close")}
              className="grid size-9 shrink-0 place-items-center rounded-base hover:bg-wash"
              onClick={() => close(toast.id)}
            >
              <X aria-hidden className="size-4" />
            </button>
          </div>
        ))}
      </output>
    </Context>
  );
}

import { type ReactNode, useId } from "react";
import { cx } from "./class-names";

interface ProgressProps {
  label: ReactNode;
  /** Absent while the end is not known. */
  value?: number | null;
  max?: number;
  /** The number in words at the right, e.g. "12 of 40"; a percentage when absent. */
  text?: ReactNode;
  className?: string;
}

/** How far a thing is, always with its number. */
export function Progress({ label, value, max = 1, text, className }: ProgressProps) {
  const id = useId();
  const share = value === null || value === undefined ? null : Math.min(1, value / (max || 1));
  return (
    <div className={cx("text-sm", className)}>
      <div className="flex justify-between gap-4">
        <span id={id}>{label}</span>
        <span className="tabular text-muted">
          {text ?? (share === null ? "" : `${Math.round(share * 100)} %`)}
        </span>
      </div>
      {/* the platform's own progress cannot be styled alike in every browser */}
      <div
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
        role="progressbar"
        aria-labelledby={id}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={value ?? undefined}
        className="mt-1 h-1.5 overflow-hidden rounded-base bg-line"
      >
        <div
          className={cx("h-full bg-accent transition-[width]", share === null && "animate-pulse")}
          style={{ width: `${(share ?? 1) * 100}%` }}
        />
      </div>
    </div>
  );
}

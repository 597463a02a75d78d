import { type ReactNode, useId } from "react";
import { cx } from "./class-names";

export interface FieldProps {
  label: ReactNode;
  /** What to write here and why; stays while typing. */
  help?: ReactNode;
  /** What is wrong and what to do. */
  error?: ReactNode;
  /** Shown after the label when the field may stay empty, e.g. t("field.optional"). */
  note?: ReactNode;
  className?: string;
}

interface Ids {
  id: string;
  describedBy: string | undefined;
  invalid: boolean | undefined;
}

/** Ids that bind a control to its label, help and error. */
export function useFieldIds({ help, error }: Pick<FieldProps, "help" | "error">): Ids {
  const id = useId();
  const parts = [help ? `${id}-help` : null, error ? `${id}-error` : null].filter(Boolean);
  return {
    id,
    describedBy: parts.length > 0 ? parts.join(" ") : undefined,
    invalid: error ? true : undefined,
  };
}

export const controlClass = (invalid?: boolean, className?: string): string =>
  cx(
    "w-full rounded-base border bg-paper px-3 py-1.5 text-base pointer-coarse:min-h-11",
    "placeholder:text-muted disabled:opacity-60",
    invalid ? "border-danger border-2" : "border-edge",
    className,
  );

/** Label above, help below it, then the control, then the error: in the order in which they are read. */
export function Field(props: FieldProps & { ids: Ids; children: ReactNode }) {
  const { label, help, error, note, ids, children, className } = props;
  return (
    <div className={cx("flex flex-col gap-1", className)}>
      <label htmlFor={ids.id} className="text-sm font-semibold">
        {label}
        {note ? <span className="font-normal text-muted"> ({note})</span> : null}
      </label>
      {help ? (
        <p id={`${ids.id}-help`} className="text-sm text-muted">
          {help}
        </p>
      ) : null}
      {children}
      {error ? (
        <p id={`${ids.id}-error`} className="text-sm text-danger" role="alert">
          {error}
        </p>
      ) : null}
    </div>
  );
}

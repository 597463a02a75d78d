import { type ComponentProps, type ReactNode, useId } from "react";
import { cx } from "./class-names";

type CheckboxProps = Omit<ComponentProps<"input">, "type" | "id"> & {
  label: ReactNode;
  help?: ReactNode;
};

/** Yes or no; the whole line can be pressed. */
export function Checkbox({ label, help, className, ...rest }: CheckboxProps) {
  const id = useId();
  return (
    <div className={cx("flex items-start gap-2", className)}>
      <input
        {...rest}
        id={id}
        type="checkbox"
        aria-describedby={help ? `${id}-help` : undefined}
        className="mt-1 size-4 shrink-0 pointer-coarse:mt-3 pointer-coarse:size-5"
      />
      <div>
        <label htmlFor={id} className="block text-base pointer-coarse:py-2.5">
          {label}
        </label>
        {help ? (
          <p id={`${id}-help`} className="text-sm text-muted">
            {help}
          </p>
        ) : null}
      </div>
    </div>
  );
}

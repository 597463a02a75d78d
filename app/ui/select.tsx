import type { ComponentProps } from "react";
import { controlClass, Field, type FieldProps, useFieldIds } from "./field";

export interface Option {
  value: string;
  label: string;
  disabled?: boolean;
}

type SelectProps = FieldProps &
  Omit<ComponentProps<"select">, keyof FieldProps | "id" | "children"> & {
    options: readonly Option[];
    /** First, empty choice, e.g. "Choose a model". */
    placeholder?: string;
  };

/** One of several; the platform's own list, so that it works on every phone and with every reader. */
export function Select(props: SelectProps) {
  const { label, help, error, note, className, options, placeholder, ...rest } = props;
  const ids = useFieldIds({ help, error });
  return (
    <Field {...{ label, help, error, note, className, ids }}>
      <select
        {...rest}
        id={ids.id}
        aria-describedby={ids.describedBy}
        aria-invalid={ids.invalid}
        className={controlClass(ids.invalid, "min-h-9")}
      >
        {placeholder === undefined ? null : <option value="">{placeholder}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

import type { ComponentProps } from "react";
import { controlClass, Field, type FieldProps, useFieldIds } from "./field";

type TextAreaProps = FieldProps & Omit<ComponentProps<"textarea">, keyof FieldProps | "id">;

/** Several lines of text; grows with them. */
export function TextArea({
  label,
  help,
  error,
  note,
  className,
  rows = 5,
  ...rest
}: TextAreaProps) {
  const ids = useFieldIds({ help, error });
  return (
    <Field {...{ label, help, error, note, className, ids }}>
      <textarea
        {...rest}
        rows={rows}
        style={{ minHeight: `${rows * 1.6 + 0.9}em` }}
        id={ids.id}
        aria-describedby={ids.describedBy}
        aria-invalid={ids.invalid}
        className={controlClass(ids.invalid, "field-sizing-content leading-[1.6]")}
      />
    </Field>
  );
}

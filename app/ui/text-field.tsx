import type { ComponentProps } from "react";
import { controlClass, Field, type FieldProps, useFieldIds } from "./field";

type TextFieldProps = FieldProps & Omit<ComponentProps<"input">, keyof FieldProps | "id">;

/** One line of text. */
export function TextField({ label, help, error, note, className, ...rest }: TextFieldProps) {
  const ids = useFieldIds({ help, error });
  return (
    <Field {...{ label, help, error, note, className, ids }}>
      <input
        type="text"
        {...rest}
        id={ids.id}
        aria-describedby={ids.describedBy}
        aria-invalid={ids.invalid}
        className={controlClass(ids.invalid)}
      />
    </Field>
  );
}

"use client";

import { type ComponentProps, useState } from "react";
import { controlClass, Field, type FieldProps, useFieldIds } from "./field";

type NumberFieldProps = FieldProps &
  Omit<ComponentProps<"input">, keyof FieldProps | "id" | "value" | "onChange" | "type"> & {
    value: number | null;
    /** Null while what is written is no number. */
    onChange: (value: number | null) => void;
    unit?: string;
  };

/** A number, `3e-4` included: what is typed stays as it was typed. */
export function NumberField(props: NumberFieldProps) {
  const { label, help, error, note, className, value, onChange, unit, ...rest } = props;
  const ids = useFieldIds({ help, error });
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <Field {...{ label, help, error, note, className, ids }}>
      <span className="flex items-center gap-2">
        <input
          {...rest}
          id={ids.id}
          type="text"
          inputMode="decimal"
          autoComplete="off"
          value={typed ?? (value === null ? "" : String(value))}
          onChange={(event) => {
            const text = event.target.value;
            const number = text.trim() === "" ? Number.NaN : Number(text.replace(",", "."));
            setTyped(text);
            onChange(Number.isFinite(number) ? number : null);
          }}
          onBlur={(event) => {
            if (value !== null) setTyped(null);
            rest.onBlur?.(event);
          }}
          aria-describedby={ids.describedBy}
          aria-invalid={ids.invalid}
          className={controlClass(ids.invalid, "tabular max-w-40")}
        />
        {unit ? <span className="text-sm text-muted">{unit}</span> : null}
      </span>
    </Field>
  );
}

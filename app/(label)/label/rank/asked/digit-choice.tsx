"use client";

import type { KeyboardEvent, ReactNode } from "react";
import { cx } from "@/app/ui/class-names";

interface DigitChoiceProps {
  /** Of the group; the keyboard is put on it by `focusChoice`. */
  id: string;
  legend: ReactNode;
  /** The options' words in order; the first is chosen by the key 1. */
  options: readonly string[];
  /** The place of the one chosen, from 1 on. */
  value: number | undefined;
  onChange: (value: number) => void;
  /** A digit was pressed: on to what is next. */
  onPicked?: () => void;
  /** What the ends of a scale stand for; its options are then its numbers. */
  ends?: readonly [string, string];
}

/** Puts the keyboard on a group: on what is chosen, else on its first option. */
export function focusChoice(id: string): void {
  const group = document.getElementById(id);
  const chosen = group?.querySelector<HTMLInputElement>("input:checked");
  (chosen ?? group?.querySelector<HTMLInputElement>("input"))?.focus();
}

/** One of a few, by press, by arrows, or by its number. */
export function DigitChoice(props: DigitChoiceProps) {
  const { id, legend, options, value, onChange, onPicked, ends } = props;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/.test(event.key)) return;
    const digit = Number(event.key);
    if (digit > options.length) return;
    event.preventDefault();
    onChange(digit);
    onPicked?.();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- hears the digits for its radio buttons
    <fieldset id={id} onKeyDown={onKeyDown} className="min-w-0">
      <legend className="mb-1 text-sm font-semibold">{legend}</legend>
      <div className="flex flex-wrap items-center gap-1">
        {ends?.[0] ? <span className="text-sm text-muted">{ends[0]}</span> : null}
        {options.map((option, index) => (
          <label
            key={option}
            className={cx(
              "tabular grid min-h-8 min-w-8 cursor-pointer place-items-center rounded-base border px-2 text-sm has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent pointer-coarse:min-h-11 pointer-coarse:min-w-11",
              value === index + 1
                ? "border-ink bg-ink font-semibold text-paper"
                : "border-line hover:border-edge",
            )}
          >
            <span>
              <input
                type="radio"
                name={id}
                className="sr-only"
                checked={value === index + 1}
                onChange={() => onChange(index + 1)}
              />
              {ends ? null : (
                <span aria-hidden className="mr-1.5 opacity-70 pointer-coarse:hidden">
                  {index + 1}
                </span>
              )}
              {option}
            </span>
          </label>
        ))}
        {ends?.[1] ? <span className="text-sm text-muted">{ends[1]}</span> : null}
      </div>
    </fieldset>
  );
}

export const numbersTo = (steps: number): string[] =>
  Array.from({ length: steps }, (_, i) => String(i + 1));

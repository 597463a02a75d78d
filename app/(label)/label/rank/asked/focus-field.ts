import type { Letter } from "@/server/domain/ranking";
import type { Unsaid } from "@/server/domain/unsaid";
import { focusChoice } from "./digit-choice";
import { fieldId } from "./rating-fields";

/** Puts the keyboard on the first control of a field; flags are opened for it. */
export function focusField(letter: Letter | null, what: string): void {
  const field = document.getElementById(fieldId(letter, what));
  if (field instanceof HTMLDetailsElement) field.open = true;
  if (field?.matches("fieldset")) focusChoice(field.id);
  else field?.querySelector<HTMLElement>("input, textarea")?.focus();
  field?.scrollIntoView({ block: "nearest" });
}

/** The field in which something that is missing is said. */
export const fieldOf = ({ what }: Unsaid): string =>
  typeof what === "object" ? what.question : what;

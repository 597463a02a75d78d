import type { TrainingOption } from "@/server/domain/training-options";

/**
 * The options that a reader looks for: every word is in the name or the meaning, in any case.
 * @param meaning an option's meaning in the reader's language
 */
export function findOptions(
  options: readonly TrainingOption[],
  sought: string,
  meaning: (option: TrainingOption) => string,
): TrainingOption[] {
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  return options.filter((option) => {
    const text = `${option.name} ${meaning(option)}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

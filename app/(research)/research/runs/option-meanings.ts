import type { Locale } from "@/app/lib/i18n/locale";
import type { TrainingOption } from "@/server/domain/training-options";
import { koreanMeanings } from "./option-meanings-ko";

/** An option's meaning in the reader's language; English is the trainer's own documentation. */
export function meaningOf(option: TrainingOption, locale: Locale): string {
  return (
    (locale === "ko" && !/\p{Script=Hangul}/u.test(option.meaning)
      ? koreanMeanings[option.name]
      : undefined) ?? option.meaning
  );
}

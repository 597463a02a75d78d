import type { Locale } from "@/app/lib/i18n/locale";
import type { TrainingOption } from "@/server/domain/training-options";
import { koreanMeanings } from "./option-meanings-ko";
import { koreanSources } from "./option-sources-ko";

/** An option's meaning in the reader's language, as a sentence; English is the trainer's own documentation. */
export function meaningOf(option: TrainingOption, locale: Locale): string {
  const korean = locale === "ko" && !/\p{Script=Hangul}/u.test(option.meaning);
  const meaning = (korean ? koreanMeanings[option.name] : undefined) ?? option.meaning;
  return /[.?!]$/.test(meaning) ? meaning : `${meaning}.`;
}

/** Where a value comes from, in the reader's language, without a full stop; a mere citation is the same in both. */
export function sourceOf(source: string, locale: Locale): string {
  const words = (locale === "ko" ? koreanSources[source] : undefined) ?? source;
  return words.replace(/\.$/, "");
}

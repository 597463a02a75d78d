import type { Asked } from "@/server/domain/asked";
import type { Letter } from "@/server/domain/ranking";
import type { Unsaid } from "@/server/domain/unsaid";
import type { useT } from "@/app/lib/i18n/client";
import { fieldOf } from "./focus-field";

/** What is missing, in words: one part for each thing asked, with the letters that lack it. */
export function unsaidText(
  t: ReturnType<typeof useT>,
  asked: Asked,
  missing: readonly Unsaid[],
): string {
  const lettersOf = new Map<string, { first: Unsaid; letters: Letter[] }>();
  for (const one of missing) {
    const entry = lettersOf.get(fieldOf(one)) ?? { first: one, letters: [] };
    if (one.letter) entry.letters.push(one.letter);
    lettersOf.set(fieldOf(one), entry);
  }
  return [...lettersOf.values()]
    .map(({ first: { what }, letters }) => {
      const list = letters.join(", ");
      if (what === "quality") return t("rating.missing.quality", { letters: list });
      if (what === "reason") return t("rating.missing.reason", { letters: list });
      const question = asked.questions.find(({ id }) => id === what.question)?.text ?? "";
      return letters.length > 0
        ? t("rating.missing.questionOf", { question, letters: list })
        : t("rating.missing.question", { question });
    })
    .join(" · ");
}

"use client";

import { useLocale, useT } from "@/app/lib/i18n/client";
import { FoldedText } from "@/app/ui/folded-text";
import { klOf, type Sample, tokensOf } from "./token-kl";
import { TokenText } from "./token-text";

interface RolloutViewProps {
  sample: Sample;
  scale: number;
}

/** One response: its score, its distance from the reference, its length, and its tokens. */
export function RolloutView({ sample, scale }: RolloutViewProps) {
  const t = useT();
  const locale = useLocale();
  const { completion, score, rawScore, tokens, place } = sample;
  const shown = (value: number) =>
    value.toLocaleString(locale, { maximumFractionDigits: 2, signDisplay: "negative" });
  const kl = klOf(sample);
  const facts = [
    score === null ? null : t("runs.score", { score: shown(score) }),
    // the trainer clips scores, and gives an answer without an end one of its own
    rawScore === null || score === null || Math.abs(rawScore - score) < 1e-6
      ? null
      : t("rollouts.rawScore", { score: shown(rawScore) }),
    kl === null ? null : t("rollouts.klIs", { kl: shown(kl) }),
    tokens === null ? null : t("rollouts.length", { count: tokens.texts.length }),
  ];
  return (
    <>
      <p className="tabular text-sm text-muted">{facts.filter(Boolean).join(" · ")}</p>
      {tokens === null ? (
        <FoldedText text={completion} className="mt-1" />
      ) : (
        <TokenText
          label={t("rollouts.response", { place: place + 1 })}
          tokens={tokensOf(tokens)}
          scale={scale}
        />
      )}
    </>
  );
}

"use client";

import { useState } from "react";
import { useLocale, useT } from "@/app/lib/i18n/client";
import { cx } from "@/app/ui/class-names";
import { TokenTable } from "./token-table";
import { klStyle } from "./kl-legend";
import type { TokenKl } from "./token-kl";

interface TokenTextProps {
  /** Names the response for those who do not see where it stands. */
  label: string;
  tokens: readonly TokenKl[];
  scale: number;
}

/** A response whose tokens show their KL; the numbers of one come by pointing at it, or by arrow keys. */
export function TokenText({ label, tokens, scale }: TokenTextProps) {
  const t = useT();
  const locale = useLocale();
  const [at, setAt] = useState<number | null>(null);
  const [withTable, setWithTable] = useState(false);
  const nats = (value: number) =>
    value.toLocaleString(locale, {
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
      signDisplay: "negative",
    });
  const read = ({ text, kl, logProb, refLogProb }: TokenKl) =>
    t("rollouts.token", {
      text: visible(text).trim() || "␣",
      kl: nats(kl),
      own: nats(logProb),
      reference: nats(refLogProb),
    });
  return (
    <div>
      <p className="leading-8 wrap-anywhere whitespace-pre-wrap" onPointerLeave={() => setAt(null)}>
        {tokens.map((token, i) => (
          <span
            // oxlint-disable-next-line react/no-array-index-key -- a token is its place
            key={i}
            className={cx("rounded-sm py-0.5", i === at && "outline-2 outline-accent")}
            style={klStyle(token.kl, scale)}
            onPointerEnter={() => setAt(i)}
          >
            {visible(token.text)}
          </span>
        ))}
      </p>
      <input
        type="range"
        className="sr-only focus:not-sr-only focus:w-full"
        aria-label={t("rollouts.read", { label })}
        min={0}
        max={Math.max(0, tokens.length - 1)}
        value={at ?? 0}
        aria-valuetext={tokens[at ?? 0] ? read(tokens[at ?? 0]) : undefined}
        onFocus={() => setAt(at ?? 0)}
        onBlur={() => setAt(null)}
        onChange={({ target }) => setAt(Number(target.value))}
      />
      <div className="flex min-h-6 items-baseline justify-between gap-4 text-sm text-muted">
        <p className="tabular min-w-0">{at === null || !tokens[at] ? null : read(tokens[at])}</p>
        <button
          type="button"
          className="shrink-0 underline decoration-line underline-offset-4 hover:text-ink"
          aria-expanded={withTable}
          onClick={() => setWithTable(!withTable)}
        >
          {t("chart.table")}
        </button>
      </div>
      {withTable ? <TokenTable label={label} tokens={tokens} nats={nats} /> : null}
    </div>
  );
}

/** What a token reads as: line breaks are marked, and one that ends within a character shows as a dot. */
function visible(text: string): string {
  return text === "" ? "·" : text.replaceAll("\n", "↵\n");
}

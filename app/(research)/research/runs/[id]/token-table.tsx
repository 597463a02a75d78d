"use client";

import { useT } from "@/app/lib/i18n/client";
import type { TokenKl } from "./token-kl";

interface TokenTableProps {
  label: string;
  tokens: readonly TokenKl[];
  nats: (value: number) => string;
}

/** The tokens of a response with their numbers, in order. */
export function TokenTable({ label, tokens, nats }: TokenTableProps) {
  const t = useT();
  const heads = ["rollouts.kl", "rollouts.own", "rollouts.reference"] as const;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <section className="mt-2 max-h-72 overflow-auto" tabIndex={0} aria-label={label}>
      <table className="tabular w-full text-sm">
        <caption className="sr-only">{label}</caption>
        <thead className="sticky top-0 bg-paper text-left text-muted">
          <tr>
            <th scope="col" className="py-1 pr-4 font-normal">
              {t("rollouts.tokenHead")}
            </th>
            {heads.map((head) => (
              <th key={head} scope="col" className="py-1 pr-4 text-right font-normal">
                {t(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tokens.map(({ text, kl, logProb, refLogProb }, i) => (
            // oxlint-disable-next-line react/no-array-index-key -- a token is its place
            <tr key={i} className="border-t border-line">
              <th scope="row" className="py-1 pr-4 text-left font-normal">
                <code className="whitespace-pre">{JSON.stringify(text).slice(1, -1)}</code>
              </th>
              {[kl, logProb, refLogProb].map((value, column) => (
                <td key={heads[column]} className="py-1 pr-4 text-right">
                  {nats(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

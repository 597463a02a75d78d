import { getT } from "@/app/lib/i18n/server";
import { FoldedText } from "@/app/ui/folded-text";
import type { PreviewRow } from "@/server/services/snapshots";

/** A few rows as people ranked them: best first, ties side by side. */
export async function RowPreview({ rows }: { rows: readonly PreviewRow[] }) {
  const t = await getT();
  return (
    <ol className="grid gap-6">
      {rows.map((row) => {
        const text = new Map(row.completions.map((one) => [one.id, one.text]));
        return (
          <li key={row.id} className="border-t border-line pt-3">
            <p className="text-sm text-muted">
              {t("snapshots.rowRound", { round: row.round })}
              {" · "}
              {t(row.split === "train" ? "snapshots.train" : "snapshots.heldout")}
              {row.simulated ? ` · ${t("snapshots.rowSimulated")}` : ""}
            </p>
            <FoldedText text={row.prompt} className="mt-1 font-semibold" />
            <ol className="mt-2 grid gap-1">
              {row.ranking.map((group, place) => (
                <li key={group.join()} className="flex gap-3">
                  <span className="tabular w-5 shrink-0 text-right text-ranking">{place + 1}</span>
                  <span className="flex min-w-0 flex-wrap gap-x-6 gap-y-1">
                    {group.map((id) => (
                      <FoldedText key={id} text={text.get(id) ?? ""} />
                    ))}
                  </span>
                </li>
              ))}
              {row.not_rankable.length > 0 ? (
                <li className="flex gap-3 text-muted">
                  <span className="w-5 shrink-0 text-right">–</span>
                  <span>
                    {t("snapshots.rowNotRankable", {
                      texts: row.not_rankable.map((id) => text.get(id)).join(" / "),
                    })}
                  </span>
                </li>
              ) : null}
            </ol>
          </li>
        );
      })}
    </ol>
  );
}

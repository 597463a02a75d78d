import type { QualityOptions } from "./options";
import type { LabelerReport } from "./report";

/** What labelers are told of how they do: as much as the campaign allows, and never which task was gold. */
export interface OwnQuality {
  readonly gold: { readonly right: number; readonly tasks: number } | null;
  readonly agreement: { readonly rate: number; readonly usual: number | null } | null;
}

export function ownQuality(
  report: LabelerReport | undefined,
  usual: number | null,
  { showGold, showAgreement }: Pick<QualityOptions, "showGold" | "showAgreement">,
): OwnQuality {
  const { gold, agreement } = report ?? {};
  return {
    gold: showGold && gold && gold.tasks > 0 ? { right: gold.right, tasks: gold.tasks } : null,
    agreement:
      showAgreement && agreement && agreement.rate !== null
        ? { rate: agreement.rate, usual }
        : null,
  };
}

import type { CompletionId } from "@/server/domain/ids";
import { letters } from "@/server/domain/ranking";

interface Item {
  readonly id: CompletionId;
}

/** An order in letters, "A = C > B": answers are called by their place in the task. */
export const orderText = (
  groups: readonly (readonly CompletionId[])[],
  completions: readonly Item[],
): string =>
  groups
    .map((group) =>
      group
        .map((id) => letters[completions.findIndex((one) => one.id === id)])
        .sort()
        .join(" = "),
    )
    .join(" > ");

/** Ranks as they stand in a dialog, "" for none, as tie groups, best first. */
export function groupsOf(
  ranks: Readonly<Record<string, string>>,
  completions: readonly Item[],
): { groups: CompletionId[][]; left: CompletionId[] } {
  const used = [...new Set(completions.map(({ id }) => ranks[id] ?? ""))].filter(Boolean);
  const sorted = used.sort((a, b) => Number(a) - Number(b));
  const at = (rank: string) => completions.filter(({ id }) => (ranks[id] ?? "") === rank);
  return {
    groups: sorted.map((rank) => at(rank).map(({ id }) => id)),
    left: at("").map(({ id }) => id),
  };
}

/** The ranks that stand for an order. */
export const ranksOf = (groups: readonly (readonly CompletionId[])[]): Record<string, string> =>
  Object.fromEntries(groups.flatMap((group, i) => group.map((id) => [id, String(i + 1)])));

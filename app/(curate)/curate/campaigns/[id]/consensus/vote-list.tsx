"use client";

import { useT } from "@/app/lib/i18n/client";
import { ShownText } from "@/app/ui/shown-text";
import { Tag } from "@/app/ui/tag";
import type { ConsensusTask } from "./consensus-task";
import { orderText } from "./order-text";

/** Who said what, in the letters of the answers. */
export function VoteList({ task }: { task: ConsensusTask }) {
  const t = useT();
  return (
    <section className="mt-4">
      <h3 className="text-sm font-semibold">{t("consensus.votes")}</h3>
      <ul className="text-sm">
        {task.votes.map((vote) => (
          <li key={vote.id} className="flex flex-wrap items-center gap-x-3">
            <span className="w-40 truncate text-muted">{vote.labeler}</span>
            <span>{orderText(vote.groups, task.completions)}</span>
            {vote.simulated && <Tag>{t("simulated")}</Tag>}
            {vote.comment && (
              <bdi className="text-muted">
                <ShownText text={vote.comment} />
              </bdi>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

import { useEffect, useState } from "react";
import { type Outputs, useTRPCClient } from "@/app/lib/trpc";

type Metrics = Outputs["runs"]["metrics"];
type RunId = Outputs["runs"]["get"]["id"];

const pause = 1000;

/**
 * The measurements of a run: those the page came with, then only what is new, while it moves. A
 * failed question is asked again later; what is on the page stays.
 */
export function useMetrics(id: RunId, initial: Metrics, live: boolean) {
  const client = useTRPCClient();
  const [rows, setRows] = useState(initial.rows);
  const [more, setMore] = useState(initial.more);
  const [stale, setStale] = useState(false);
  const last = rows.at(-1)?.step ?? -1;

  useEffect(() => {
    // One more question after the end: the last step may have come between two.
    let gone = false;
    let timer: ReturnType<typeof setTimeout>;
    const later = (milliseconds: number) => {
      timer = setTimeout(() => void ask(), milliseconds);
    };
    const ask = async () => {
      try {
        const next = await client.runs.metrics.query({ id, after: last });
        if (gone) return;
        setStale(false);
        setMore(next.more);
        if (next.rows.length > 0) setRows((known) => [...known, ...next.rows]);
        else if (live) later(pause);
      } catch {
        if (gone) return;
        setStale(true);
        later(pause * 5);
      }
    };
    later(more ? 0 : pause);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [client, id, last, live, more]);

  return { rows, stale };
}

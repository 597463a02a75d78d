"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { ErrorState } from "@/app/ui/error-state";
import { RelativeTime } from "@/app/ui/relative-time";

/** Where to put a model folder, the button that looks for it, and what the last look found. */
export function ScanState({ initial }: { initial: Outputs["models"]["scanned"] }) {
  const t = useT();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const { data } = useQuery({
    ...trpc.models.scanned.queryOptions(),
    initialData: initial,
    refetchInterval: ({ state }) => (state.data?.searching ? 700 : false),
  });
  const scan = useMutation(
    trpc.models.scan.mutationOptions({
      onSuccess: () => queries.invalidateQueries(trpc.models.scanned.queryFilter()),
    }),
  );
  const wasSearching = useRef(data.searching);
  useEffect(() => {
    if (wasSearching.current && !data.searching) router.refresh(); // the list above may be longer now
    wasSearching.current = data.searching;
  }, [data.searching, router]);
  return (
    <div className="grid max-w-[75ch] gap-3">
      <p>{t("models.dropInText")}</p>
      <ul className="list-disc pl-5">
        {data.folders.map((folder) => (
          <li key={folder}>
            <code>{folder}</code>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-3">
        <Button
          busy={scan.isPending || data.searching}
          busyText={t("models.scanning")}
          onClick={() => scan.mutate()}
        >
          {t("models.scan")}
        </Button>
        {data.at === null || data.searching ? null : (
          <span className="text-sm text-muted" role="status">
            {t("models.scanned", { count: data.imported })} <RelativeTime at={data.at} />
          </span>
        )}
      </div>
      {scan.error ? <ErrorState message={errorMessage(scan.error, t)} /> : null}
      {data.problems.length === 0 ? null : (
        <div>
          <h3 className="font-semibold">{t("models.problems")}</h3>
          <ul className="mt-1 grid gap-2">
            {data.problems.map(({ folder, reason }) => (
              <li key={folder} className="border-l-4 border-warning pl-3">
                <code>{folder}</code>
                <p>{reason}</p>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { cx } from "@/app/ui/class-names";
import { ErrorState } from "@/app/ui/error-state";
import { FoldedText } from "@/app/ui/folded-text";
import { Choice } from "@/app/ui/preferences";
import { Section } from "@/app/ui/page-header";
import { isRewarded } from "@/server/domain/run-kinds";
import { KlLegend } from "./kl-legend";
import { RolloutPager } from "./rollout-pager";
import { RolloutView } from "./rollout-view";
import { byPrompt, type Order, ordered, orders, scaleOf } from "./token-kl";

type Run = Outputs["runs"]["get"];

interface RolloutsProps {
  id: Run["id"];
  kind: Run["kind"];
  initial: Outputs["runs"]["samples"];
  live: boolean;
}

const parameter = "iteration";

/** What the policy answered at an iteration: the newest, unless another is chosen; that stays in the address. */
export function Rollouts({ id, kind, initial, live }: RolloutsProps) {
  const t = useT();
  const trpc = useTRPC();
  const search = useSearchParams();
  const asked = Number(search.get(parameter));
  const step = Number.isInteger(asked) && asked > 0 ? asked : null;
  const [order, setOrder] = useState<Order>("drawn");
  const query = useQuery({
    ...trpc.runs.samples.queryOptions(step === null ? { id } : { id, step }),
    initialData: step === null ? initial : undefined,
    placeholderData: keepPreviousData,
    refetchInterval: live && step === null ? 2000 : false,
  });
  const { refetch } = query;
  // the last ones come with the end
  const wasLive = useRef(live);
  useEffect(() => {
    if (wasLive.current && !live) void refetch();
    wasLive.current = live;
  }, [live, refetch]);
  const go = (next: number | null) => {
    const wanted = new URLSearchParams(search);
    if (next === null) wanted.delete(parameter);
    else wanted.set(parameter, String(next));
    const text = wanted.toString();
    window.history.replaceState(null, "", text === "" ? location.pathname : `?${text}`);
  };
  const rewarded = isRewarded(kind);
  const data = query.data ?? initial;
  if (!rewarded && (kind !== "sft" || data.steps.length === 0)) return null;
  if (data.steps.length === 0)
    return (
      <Section title={t("rollouts.title")}>
        <p className="text-muted">{t(live ? "rollouts.waiting" : "rollouts.none")}</p>
      </Section>
    );
  const scale = scaleOf(data.samples);
  const groups = byPrompt(ordered(data.samples, order));
  const alone = groups.every(({ samples }) => samples.length === 1);
  return (
    <Section
      title={t(rewarded ? "rollouts.title" : "rollouts.sft")}
      state={t(rewarded ? "rollouts.state" : "rollouts.sftState")}
      action={
        <RolloutPager
          steps={data.steps}
          unit={rewarded ? "iteration" : "update"}
          shown={data.step ?? step ?? data.steps[0]}
          newest={step === null}
          onChange={go}
        />
      }
    >
      {query.error ? <ErrorState message={errorMessage(query.error, t)} /> : null}
      {rewarded ? (
        <div className="mb-6 flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
          <KlLegend scale={scale} />
          <Choice
            legend={t("rollouts.order")}
            value={order}
            onChange={setOrder}
            options={orders.map((value) => ({ value, label: t(`rollouts.order.${value}`) }))}
          />
        </div>
      ) : null}
      {data.samples.length === 0 ? (
        <p className="text-muted">{t("rollouts.noneHere")}</p>
      ) : (
        <div
          className={cx(
            "grid gap-x-10 gap-y-8",
            alone && "md:grid-cols-2",
            query.isPlaceholderData && "opacity-60",
          )}
          aria-busy={query.isPlaceholderData}
        >
          {groups.map(({ prompt, samples }) => (
            <section key={prompt} className="min-w-0 border-t border-line pt-3">
              <h3 className="text-sm text-muted">{t("rollouts.prompt")}</h3>
              <FoldedText text={prompt} className="mb-3" />
              <ol className={cx("grid gap-x-10 gap-y-5", !alone && "md:grid-cols-2")}>
                {samples.map((sample) => (
                  <li key={sample.place} className="min-w-0">
                    <RolloutView sample={sample} scale={scale} />
                  </li>
                ))}
              </ol>
            </section>
          ))}
        </div>
      )}
    </Section>
  );
}

import { durationText } from "@/app/ui/relative-time-text";
import type { useT } from "@/app/lib/i18n/client";
import type { Locale } from "@/app/lib/i18n/locale";
import { type EdgeName, edgeNames, type StationName } from "@/server/domain/circle";
import type { Role } from "@/server/domain/roles";
import type { Loop } from "@/server/services/circle";
import type { EdgeWords } from "./circle-map";
import type { StationWords } from "./station";

export interface Speaker {
  t: ReturnType<typeof useT>;
  locale: Locale;
}

/** 0.784 → "78%" in the reader's notation. */
export const percentText = (share: number, locale: Locale): string =>
  new Intl.NumberFormat(locale, { style: "percent" }).format(share);

/** A model trained here is called after its campaign; on the campaign's own pages that goes unsaid. */
export const shortName = (name: string, campaign: string): string =>
  name.startsWith(`${campaign} · `) ? name.slice(campaign.length + 3) : name;

const decimalText = (value: number, locale: Locale): string =>
  value.toLocaleString(locale, { maximumFractionDigits: 2, minimumFractionDigits: 2 });

/** What each station says, and where the work of it is done for this role. */
export function stationWords(
  { t, locale }: Speaker,
  loop: Loop,
  role: Role,
): Record<StationName, StationWords> {
  const { prompts, demonstrations, policy, rankings, reward, ppo, campaign } = loop;
  const home = `/curate/campaigns/${campaign.id}`;
  const admin = role === "admin";
  const number = (value: number) => value.toLocaleString(locale);
  const missing = rankings.wanted - rankings.done;
  const collecting = loop.phase === "collecting" && campaign.status === "open";
  const toRank = [
    missing > 0 && t("circle.rankings.missing", { count: missing }),
    rankings.simulated > 0 && t("circle.rankings.simulated", { count: rankings.simulated }),
  ].filter(Boolean);

  return {
    prompts: {
      title: t("circle.prompts"),
      figure: prompts.total > 0 ? number(prompts.total) : t("circle.prompts.none"),
      unit: prompts.heldout > 0 ? t("circle.prompts.heldout", { count: prompts.heldout }) : "",
      waiting:
        prompts.unanswered > 0
          ? t("circle.prompts.unanswered", { count: prompts.unanswered })
          : null,
      href: admin ? `/curate/prompts?campaign=${campaign.id}` : `${home}/prompts`,
    },
    demonstrations: {
      title: t("circle.demonstrations"),
      figure: number(demonstrations.accepted),
      unit: t("circle.demonstrations.accepted"),
      waiting:
        demonstrations.toReview > 0
          ? t("circle.demonstrations.toReview", { count: demonstrations.toReview })
          : null,
      href: admin ? `/curate/demonstrations?campaign=${campaign.id}` : home,
    },
    policy: {
      title: t("circle.policy"),
      figure: policy.model ? shortName(policy.model.name, campaign.name) : t("circle.policy.none"),
      unit: "",
      waiting: policy.answers > 0 ? t("circle.policy.answers", { count: policy.answers }) : null,
      href: policy.model ? "/research/models" : `${home}/settings`,
    },
    rankings: {
      title: t("circle.rankings"),
      figure:
        rankings.wanted > 0
          ? t("circle.rankings.of", { done: rankings.done, wanted: rankings.wanted })
          : t("circle.rankings.none"),
      unit: "",
      waiting: toRank.length > 0 ? toRank.join(", ") : null,
      href: admin && collecting && missing > 0 ? "/label/rank" : `${home}/rankings`,
    },
    reward: {
      title: t("circle.reward"),
      ...rewardFigure({ t, locale }, loop),
      waiting:
        loop.phase === "collecting" && rankings.done > 0
          ? t("circle.reward.waiting", { count: rankings.done })
          : null,
      href: reward.runId ? `/research/runs/${reward.runId}` : "/research/runs",
    },
    ppo: {
      title: t("circle.ppo"),
      figure: ppo.runs > 0 ? t("circle.ppo.runs", { count: ppo.runs }) : t("circle.ppo.none"),
      unit: "",
      waiting:
        ppo.rewardBefore !== null && ppo.rewardAfter !== null
          ? t("circle.ppo.reward", {
              before: decimalText(ppo.rewardBefore, locale),
              after: decimalText(ppo.rewardAfter, locale),
            })
          : reward.model
            ? null
            : t("circle.ppo.waiting"),
      href: ppo.runId ? `/research/runs/${ppo.runId}` : "/research/runs",
    },
  };
}

function rewardFigure({ t, locale }: Speaker, { reward }: Loop) {
  if (reward.accuracy !== null) {
    return { figure: percentText(reward.accuracy, locale), unit: t("circle.reward.accuracy") };
  }
  return { figure: t(reward.model ? "circle.reward.ready" : "circle.reward.none"), unit: "" };
}

/** What the middle of the ring says: is it better in truth? */
export function proofWords({ t, locale }: Speaker, loop: Loop): StationWords {
  const { proof, campaign } = loop;
  const href = `/curate/campaigns/${campaign.id}`;
  const title = t("circle.proof");
  if (!campaign.verifier) {
    return {
      title,
      figure: t("circle.proof.none"),
      unit: "",
      waiting: t("circle.proof.none.why"),
      href,
    };
  }
  const first = proof.at(0);
  const last = proof.at(-1);
  if (!first || !last) {
    return { title, figure: "–", unit: "", waiting: t("circle.proof.pending"), href };
  }
  const shares = first === last ? [first] : [first, last];
  return {
    title,
    figure: shares.map(({ exact }) => percentText(exact, locale)).join(" → "),
    unit: "",
    waiting: t("circle.proof.by"),
    href,
  };
}

/** What happens on each arrow, and the job that moves along it. */
export function edgeWords(speaker: Speaker, loop: Loop): Record<EdgeName, EdgeWords> {
  const { t } = speaker;
  const labels: Record<EdgeName, string> = {
    collect: t("circle.edge.collect"),
    write: t("circle.edge.write"),
    imitate: t("circle.edge.imitate"),
    answer: t("circle.edge.answer", { count: loop.campaign.completionsPerTask }),
    fit: t("circle.edge.fit"),
    practise: t("circle.edge.practise"),
    renew: t("circle.edge.renew"),
  };
  const words = edgeNames.map((name): [EdgeName, EdgeWords] => {
    const moving = loop.moving.find((item) => item.edge === name);
    if (!moving) return [name, { label: labels[name] }];
    const label = moving.job === "simulate" ? t("circle.moving.simulate") : labels[name];
    const running = { progress: moving.progress, text: movingText(speaker, moving) };
    return [name, { label, running }];
  });
  return Object.fromEntries(words) as Record<EdgeName, EdgeWords>;
}

/** "62% · 12 seconds left", as much of it as is known. */
export const movingText = (speaker: Speaker, moving: Loop["moving"][number]): string =>
  moving.queued ? speaker.t("circle.moving.queued") : progressText(speaker, moving);

export function progressText(
  { t, locale }: Speaker,
  { progress, secondsLeft }: { progress: number | null; secondsLeft: number | null },
): string {
  const share = progress === null ? "…" : percentText(progress, locale);
  if (secondsLeft === null) return share;
  return t("circle.moving", { share, time: durationText(secondsLeft, locale) });
}

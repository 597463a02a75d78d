"use client";

import { ArrowRight } from "lucide-react";
import { useT } from "@/app/lib/i18n/client";
import { ButtonLink } from "@/app/ui/button";
import { Link } from "@/app/ui/link";
import { Section } from "@/app/ui/page-header";
import type { NextAction } from "@/server/domain/next-action";

/** The one thing to do, large, with its reason; a few more, small. */
export function NextActions({ actions }: { actions: NextAction[] }) {
  const t = useT();
  const [first, ...others] = actions.map((action) => inWords(t, action));
  if (!first) {
    return (
      <Section title={t("next.title")}>
        <p className="max-w-[65ch] text-muted">{t("next.none")}</p>
      </Section>
    );
  }
  return (
    <Section title={t("next.title")}>
      <p className="max-w-[65ch] text-muted">{first.why}</p>
      <ButtonLink
        look="primary"
        className="mt-3"
        href={first.href}
        icon={<ArrowRight aria-hidden className="size-4" />}
        data-next={actions[0].kind}
      >
        {first.text}
      </ButtonLink>
      {others.length > 0 && (
        <ul aria-label={t("next.also")} className="mt-6 flex max-w-[65ch] flex-col gap-2">
          {others.map((item) => (
            <li key={item.href + item.text} className="text-sm">
              <Link href={item.href}>{item.text}</Link>
              <span className="block text-muted">{item.why}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

const watchWords = {
  sft: "next.watchSft",
  reward: "next.watchReward",
  ppo: "next.watchPpo",
  rloo: "next.watchPolicy",
  grpo: "next.watchPolicy",
  dpo: "next.watchPolicy",
  "best-of-n": "next.watchBest",
} as const;

/** The words of an action and the page where it is done. */
function inWords(t: ReturnType<typeof useT>, action: NextAction) {
  if (action.kind === "create-campaign") {
    const href = "/curate/campaigns/new";
    return { text: t("next.createCampaign"), why: t("next.createCampaign.why"), href };
  }
  const { campaignId } = action;
  const home = `/curate/campaigns/${campaignId}`;
  const of = `campaign=${campaignId}`;
  switch (action.kind) {
    case "add-prompts":
      return {
        text: t("next.addPrompts", { count: action.missing }),
        why: t("next.addPrompts.why"),
        href: `/curate/prompts?${of}`,
      };
    case "choose-policy":
      return {
        text: t("next.choosePolicy"),
        why: t("next.choosePolicy.why"),
        href: `${home}/settings`,
      };
    case "open":
      return { text: t("next.open"), why: t("next.open.why"), href: home };
    case "resume":
      return { text: t("next.resume"), why: t("next.resume.why"), href: home };
    case "review":
      return {
        text: t("next.review", { count: action.count }),
        why: t("next.review.why"),
        href: `/curate/demonstrations?${of}`,
      };
    case "rank":
      return {
        text: t("next.rank", { count: action.count }),
        why: t("next.rank.why"),
        href: "/label/rank",
      };
    case "collect":
      return {
        text: t("next.collect"),
        why: t("next.collect.why", { done: action.done, wanted: action.wanted }),
        href: home,
      };
    case "train":
      return {
        text: t("next.train", { count: action.rankings }),
        why: t("next.train.why"),
        href: home,
      };
    case "watch-answers":
      return { text: t("next.watchAnswers"), why: t("next.watchAnswers.why"), href: home };
    case "watch-run":
      return {
        text: t(watchWords[action.run]),
        why: t(`${watchWords[action.run]}.why`),
        href: `/research/runs/${action.runId}`,
      };
    case "judge-gate":
      return {
        text: t(`next.judgeGate.${action.gate}`, { round: action.round }),
        why: t(`next.judgeGate.${action.gate}.why`),
        href: home,
      };
    case "mend-round":
      return {
        text: t("next.mendRound", { round: action.round }),
        why: t("next.mendRound.why"),
        href: home,
      };
    case "read-answers":
      return {
        text: t("next.readAnswers", { round: action.round }),
        why: t("next.readAnswers.why"),
        href: `${home}/completions`,
      };
    case "export":
      return {
        text: t("next.export", { count: action.rankings }),
        why: t("next.export.why"),
        href: `/research/snapshots?${of}`,
      };
  }
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Section } from "@/app/ui/page-header";
import { ReadableText } from "@/app/ui/readable-text";
import { PromptTurns } from "../prompt-turns";
import { Status } from "@/app/ui/tag";
import type { QuizId } from "@/server/domain/ids";
import type { Letter } from "@/server/domain/ranking";

const orderText = (groups: readonly Letter[][]): string =>
  groups.map((group) => group.join(" = ")).join(" > ") || "–";

/** What came of the last attempt, and what was expected. */
export function QuizAnswers({ quizId }: { quizId: QuizId }) {
  const t = useT();
  const trpc = useTRPC();
  const { data } = useQuery(trpc.entry.result.queryOptions({ quizId }));
  if (!data) return null;
  const { passed, right, items, needed, answers } = data;
  return (
    <Section
      title={t(passed ? "enter.result.passed" : "enter.result.failed")}
      state={t("enter.result", { right, items, needed })}
    >
      <ol className="flex flex-col gap-8">
        {answers.map((answer) => (
          <li key={answer.place}>
            <h3 className="flex flex-wrap items-center gap-3 font-semibold">
              {t("enter.result.item", { place: answer.place + 1 })}
              <Status tone={answer.right ? "good" : "danger"}>
                {t(answer.right ? "enter.result.right" : "enter.result.wrong")}
              </Status>
            </h3>
            <div className="my-2 border-s-4 border-line ps-3 text-muted">
              <PromptTurns prompt={answer.prompt} />
            </div>
            <ul className="mb-2 flex flex-col gap-1">
              {answer.completions.map(({ letter, text }) => (
                <li key={letter} className="grid grid-cols-[1.5rem_1fr]">
                  <span className="font-semibold">{letter}</span>
                  <ReadableText text={text || "␣"} />
                </li>
              ))}
            </ul>
            <p>{t("enter.result.own", { order: orderText(answer.own) })}</p>
            <p>{t("enter.result.expected", { order: orderText(answer.expected) })}</p>
            {answer.explanation && <p>{t("enter.result.why", { text: answer.explanation })}</p>}
          </li>
        ))}
      </ol>
    </Section>
  );
}

"use client";

import { lazy, Suspense, useEffect, useState } from "react";
import { useT } from "@/app/lib/i18n/client";
import { unjudgeableReasons } from "@/server/domain/asked-words";
import { type PreferenceSteps, sides } from "@/server/domain/preference-scale";
import type { Letter } from "@/server/domain/ranking";
import type { Rating } from "@/server/domain/ratings-schema";
import { unsaid } from "@/server/domain/unsaid";
import { DigitChoice } from "../rank/asked/digit-choice";
import { fieldOf, focusField } from "../rank/asked/focus-field";
import { fieldId, RatingFields } from "../rank/asked/rating-fields";
import { TaskQuestions } from "../rank/asked/task-questions";
import { unsaidText } from "../rank/asked/unsaid-text";
import { isShort } from "../rank/completions";
import { missing } from "../rank/placement";
import { PromptPanel } from "../rank/prompt-panel";
import { isLong } from "../rank/reading-aids";
import { TaskControls } from "../rank/task-controls";
import { useReading } from "../rank/use-reading";
import { useScrollTogether } from "../rank/use-scroll-together";
import { type TaskProps, useTask } from "../rank/use-task";
import { AnswerCard } from "./answer-card";
import type { CompareKey } from "./compare-keys";
import { ComparisonBar } from "./comparison-bar";
import { pointName } from "./point-name";
import { PreferenceScale } from "./preference-scale";
import { isUnjudged, lean, pointsOf, prefer, toggleUnjudged, withdraw } from "./preferring";
import { SendBar } from "./send-bar";
import { useCompareKeys } from "./use-compare-keys";

/** Fetched when somebody asks for the difference. */
const DiffDialog = lazy(async () => ({
  default: (await import("../rank/diff-dialog")).DiffDialog,
}));

/** The reason stands once, for both. */
const reasonField = [sides[0], "reason"] as const;

/** One task of two answers: read both, choose a point between them, send. No point is chosen at first. */
export function ComparisonTask(props: TaskProps & { steps: PreferenceSteps }) {
  const { task, steps, rehearsal, onSubmit, onSkip, onHelp } = props;
  const t = useT();
  const { completions } = task;
  const { asked: questions } = task.campaign;
  const { state, dispatch, parcel } = useTask(props);
  const { placement, ratings } = state;
  const reading = useReading(task);
  const scroll = useScrollTogether();
  const [together, setTogether] = useState(true);
  const [tried, setTried] = useState(false);
  const [said, setSaid] = useState("");

  useEffect(() => {
    if (rehearsal === "sample") return; // the form beside it has the keyboard
    document.getElementById(`answer-${sides[0]}`)?.focus({ preventScroll: true });
  }, [rehearsal]);

  const unjudged = isUnjudged(placement);
  const open = missing(placement, [...sides]).length > 0;
  const missingSaid = unsaid(questions, sides, placement.notRankable, ratings);
  const short = isShort(completions.map(({ text }) => text));
  const scrolls = completions.some(({ text }) => isLong(text));

  const nameOf = (point: number) => {
    const { key, values } = pointName(point, steps);
    return t(key, values);
  };
  const chosen =
    placement.preference === undefined
      ? t(unjudged ? "comparison.unjudged.chosen" : "comparison.toChoose")
      : nameOf(placement.preference);
  const change = (next: (before: typeof placement) => typeof placement) => {
    setTried(false);
    dispatch({ type: "change", change: next });
    const after = next(placement);
    setSaid(
      after.preference === undefined
        ? t(isUnjudged(after) ? "comparison.unjudged.chosen" : "comparison.toChoose")
        : nameOf(after.preference),
    );
  };
  const rate = (letters: readonly Letter[], rating: Partial<Rating>) => {
    setTried(false);
    dispatch({
      type: "rate",
      change: (before) => {
        const each = { ...before.each };
        for (const letter of letters) each[letter] = { ...each[letter], ...rating };
        return { ...before, each };
      },
    });
  };

  const submit = () => {
    const [first] = missingSaid;
    if (open || first) {
      setTried(true);
      if (open) document.querySelector<HTMLElement>("[data-scale] input")?.focus();
      else focusField(first.letter, fieldOf(first));
      return;
    }
    onSubmit(parcel());
  };

  /** Does what a key or its button means. */
  const act = (key: CompareKey) => {
    switch (key.type) {
      case "point":
        return change((p) => prefer(p, pointsOf(steps)[key.place - 1]));
      case "lean":
        return change((p) => lean(p, key.by, steps));
      case "tie":
        return change((p) => prefer(p, 0));
      case "withdraw":
        return change(withdraw);
      case "unjudged":
        change(toggleUnjudged);
        // the reason comes with the next drawing
        if (!unjudged) requestAnimationFrame(() => focusField(...reasonField));
        return;
      case "none":
        return change((p) => ({ ...p, noneAcceptable: !p.noneAcceptable }));
      case "undo":
      case "redo":
        setTried(false);
        dispatch({ type: key.type });
        return setSaid(t(key.type === "undo" ? "rank.said.undo" : "rank.said.redo"));
      case "together":
        if (scrolls) setTogether(!together);
        return;
      case "diff":
        return reading.openDiff(sides[0]);
      case "submit":
        return submit();
      case "skip":
        return onSkip();
      case "help":
        return onHelp();
    }
  };
  useCompareKeys(steps, act);

  const stateText =
    !open && missingSaid.length > 0
      ? t("rating.missing", { list: unsaidText(t, questions, missingSaid) })
      : chosen;
  const reasonAt = unjudgeableReasons.findIndex(
    (reason) => reason === ratings.each[sides[0]]?.reason,
  );
  const winner = placement.preference ? sides[placement.preference < 0 ? 0 : 1] : null;
  return (
    <div>
      <PromptPanel prompt={task.prompt} beside={false} size={reading.size} />
      <section aria-label={t("comparison.answers")}>
        <ComparisonBar {...{ steps, reading }} together={scrolls ? together : null} onKey={act} />
        <div className="grid gap-x-10 gap-y-8 md:grid-cols-2">
          {completions.map(({ letter, text }) => (
            <AnswerCard
              key={letter}
              {...{ letter, text, short, reading }}
              preferred={letter === winner}
              scroll={together ? scroll : null}
            >
              {unjudged ? null : (
                <RatingFields
                  asked={questions}
                  letter={letter}
                  rating={ratings.each[letter]}
                  notRankable={false}
                  onChange={(rating) => rate([letter], rating)}
                />
              )}
            </AnswerCard>
          ))}
        </div>
      </section>
      <div className="sticky bottom-0 z-10 -mx-4 mt-6 border-t border-line bg-paper px-4 pt-2 pb-3 sm:-mx-6 sm:px-6">
        {unjudged ? (
          <DigitChoice
            id={fieldId(...reasonField)}
            legend={t("comparison.reason")}
            options={unjudgeableReasons.map((reason) => t(`rating.reason.${reason}`))}
            value={reasonAt + 1 || undefined}
            onChange={(place) => rate(sides, { reason: unjudgeableReasons[place - 1] })}
            // out of the digits' field: Enter then sends
            onPicked={() => document.getElementById(`answer-${sides[0]}`)?.focus()}
          />
        ) : (
          <PreferenceScale
            {...{ steps }}
            preference={placement.preference}
            onChange={(preference) => change((p) => prefer(p, preference))}
          />
        )}
        <SendBar state={stateText} alarmed={tried} unjudged={unjudged} onKey={act} />
      </div>
      <TaskControls
        words="comparison"
        quiz={rehearsal === "quiz"}
        className="max-w-2xl pt-2"
        state={state}
        onKey={act}
        onComment={(text) => dispatch({ type: "comment", comment: text })}
      >
        <TaskQuestions
          asked={questions}
          answers={ratings.answers}
          onChange={(answers) => {
            setTried(false);
            dispatch({ type: "rate", change: (before) => ({ ...before, answers }) });
          }}
        />
      </TaskControls>
      {reading.diff ? (
        <Suspense fallback={null}>
          <DiffDialog
            completions={completions}
            first={reading.diff}
            named="comparison.answer"
            onClose={reading.closeDiff}
          />
        </Suspense>
      ) : null}
      <output className="sr-only" aria-live="polite">
        {said}
      </output>
    </div>
  );
}

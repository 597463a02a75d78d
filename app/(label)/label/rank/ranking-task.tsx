"use client";

import { lazy, Suspense, useCallback, useEffect, useReducer, useRef, useState } from "react";
import { cx } from "@/app/ui/class-names";
import { useT } from "@/app/lib/i18n/client";
import type { Letter } from "@/server/domain/ranking";
import type { Rating } from "@/server/domain/ratings-schema";
import { unsaid } from "@/server/domain/unsaid";
import { fieldOf, focusField } from "./asked/focus-field";
import { RatingFields } from "./asked/rating-fields";
import { TaskQuestions } from "./asked/task-questions";
import { unsaidText } from "./asked/unsaid-text";
import { CompletionCard, usePlaceName } from "./completion-card";
import type { DeskKey } from "./desk-keys";
import { after, focusOn, isShort } from "./completions";
import { DraggedCard } from "./dragged-card";
import {
  insertBefore,
  missing,
  nudge,
  place,
  type Placement,
  takeOff,
  tieRest,
  tieWithAbove,
  toggleNotRankable,
} from "./placement";
import { PromptPanel } from "./prompt-panel";
import { isLong } from "./reading-aids";
import { ReadingBar } from "./reading-bar";
import { ReadingNav } from "./reading-nav";
import { Shelf } from "./shelf";
import { SubmitBar } from "./submit-bar";
import { TaskControls } from "./task-controls";
import { useDeskKeys } from "./use-desk-keys";
import { type DropTarget, useDrag } from "./use-drag";
import { useReading } from "./use-reading";
import { type TaskProps, useTask } from "./use-task";

/** Fetched when somebody asks for a difference. */
const DiffDialog = lazy(async () => ({ default: (await import("./diff-dialog")).DiffDialog }));

/** One task: read, place, submit. Nothing is placed at first, so that no order shown is taken for an opinion. */
export function RankingTask(props: TaskProps) {
  const { task, rehearsal, onSubmit, onSkip, onHelp } = props;
  const t = useT();
  const placeName = usePlaceName();
  const { assignmentId, completions } = task;
  const { state, dispatch, parcel } = useTask(props);
  const { placement, ratings } = state;
  const { asked: questions } = task.campaign;

  const letters = completions.map(({ letter }) => letter);
  const slots = letters.length;
  const left = missing(placement, letters);
  const short = isShort(completions.map(({ text }) => text));
  const [current, setCurrent] = useState<Letter>(left[0] ?? letters[0]);
  const [said, setSaid] = useState("");
  const [asked, setAsked] = useState(false);
  const reading = useReading(task);
  const { beside } = reading;
  /** Where the keyboard goes once the change is drawn: to a card that moved, to a field that came. */
  const later = useRef<(() => void) | null>(null);
  const missingSaid = unsaid(questions, letters, placement.notRankable, ratings);

  useEffect(() => {
    if (rehearsal === "sample") return; // the form beside it has the keyboard
    document.getElementById(`completion-${current}`)?.focus({ preventScroll: true });
    // oxlint-disable-next-line react/exhaustive-deps, react/exhaustive-effect-dependencies -- once, when the task comes
  }, [assignmentId]);

  const [, redraw] = useReducer((drawn: number) => drawn + 1, 0);
  useEffect(() => {
    later.current?.();
    later.current = null;
  });
  const focusSoon = (focus: () => void) => {
    later.current = focus;
    redraw();
  };
  const pin = (letter: Letter) => {
    focusSoon(() => focusOn(letter)); // a card that changes its place loses the keyboard
    setCurrent(letter);
    const next = reading.pin(letter);
    setSaid(t("rank.said.pinned", { letters: next.length > 0 ? next.join(", ") : "–" }));
  };
  const choose = (letter: Letter) => {
    setCurrent(letter);
    focusSoon(() => focusOn(letter));
  };

  const change = useCallback(
    (letter: Letter | null, next: (placement: Placement) => Placement) => {
      dispatch({ type: "change", change: next });
      setAsked(false);
      if (!letter) return;
      const after = next(placement);
      const rest = missing(after, letters).length;
      setSaid(
        t("rank.said", {
          letter,
          place: placeName(after, letter),
          left: t("rank.left", { count: rest }),
        }),
      );
    },
    [dispatch, letters, placeName, placement, t],
  );

  const rate = (letter: Letter, change: Partial<Rating>) => {
    setAsked(false);
    dispatch({
      type: "rate",
      change: (before) => ({
        ...before,
        each: { ...before.each, [letter]: { ...before.each[letter], ...change } },
      }),
    });
  };
  /** After a digit: why one cannot be judged is said and the next is placed; qualities go one after the other. */
  const picked = (letter: Letter, what: "quality" | "reason") => {
    const order = after(letters, letter);
    const next =
      what === "reason"
        ? order.find((other) => left.includes(other))
        : order.find((other) =>
            missingSaid.some((one) => one.letter === other && one.what === "quality"),
          );
    if (what === "reason" || !next) return choose(next ?? letter);
    setCurrent(next);
    focusSoon(() => focusField(next, "quality"));
  };

  /** After a placement by key the next one without a place is at hand. */
  const goOn = (letter: Letter, by: "placed" | "stay") => {
    if (by === "stay") return choose(letter);
    choose(after(letters, letter).find((other) => left.includes(other)) ?? letter);
  };

  const submit = () => {
    if (left.length > 0) {
      setAsked(true);
      choose(left[0]);
      return;
    }
    const [first] = missingSaid;
    if (first) {
      setAsked(true);
      if (first.letter) setCurrent(first.letter);
      focusSoon(() => focusField(first.letter, fieldOf(first)));
      return;
    }
    onSubmit(parcel());
  };

  /** Does what a key or its button means; "pass" leaves the key to the browser. */
  const act = (key: DeskKey): "pass" | "done" => {
    const placeCurrent = (next: (placement: Placement) => Placement) => {
      change(current, next);
      goOn(current, left.includes(current) ? "placed" : "stay");
    };
    switch (key.type) {
      case "rank":
        placeCurrent((p) => place(p, current, key.slot));
        break;
      case "tie":
        placeCurrent((p) => tieWithAbove(p, current));
        break;
      case "not-rankable":
        change(current, (p) => toggleNotRankable(p, current));
        focusSoon(() =>
          placement.notRankable.includes(current)
            ? focusOn(current)
            : focusField(current, "reason"),
        );
        break;
      case "quality":
        if (!questions.quality) return "pass";
        focusField(current, "quality");
        break;
      case "flags":
        if (questions.flags.length === 0) return "pass";
        focusField(current, "flags");
        break;
      case "take-off":
        change(current, (p) => takeOff(p, current));
        break;
      case "nudge":
        // what has no place yet goes up to the first free rank; down, the page scrolls
        if (placement.ranks[current] === undefined && key.by === 1) return "pass";
        change(current, (p) => nudge(p, current, key.by, slots));
        choose(current);
        break;
      case "focus":
        choose(letters[(letters.indexOf(current) + key.by + slots) % slots]);
        break;
      case "tie-rest":
        change(null, (p) => tieRest(p, letters));
        break;
      case "none":
        change(null, (p) => ({ ...p, noneAcceptable: !p.noneAcceptable }));
        break;
      case "undo":
      case "redo":
        setAsked(false);
        dispatch({ type: key.type });
        setSaid(t(key.type === "undo" ? "rank.said.undo" : "rank.said.redo"));
        break;
      case "pin":
        pin(current);
        break;
      case "fold":
        if (!isLong(completions[letters.indexOf(current)].text)) return "pass";
        reading.fold(current);
        break;
      case "diff":
        reading.openDiff(current);
        break;
      case "submit":
        submit();
        break;
      case "skip":
        onSkip();
        break;
      case "help":
        onHelp();
    }
    return "done";
  };
  useDeskKeys(slots, act);

  const { drag, handleProps } = useDrag((letter, target: DropTarget) => {
    setCurrent(letter);
    if (target.type === "not-rankable") change(letter, (p) => toggleNotRankable(p, letter));
    else if (target.type === "slot") change(letter, (p) => place(p, letter, target.slot));
    else change(letter, (p) => insertBefore(p, letter, target.slot, slots));
  });

  const cardOf = (letter: Letter) => (
    <CompletionCard
      key={letter}
      {...{ letter, short, slots, placement }}
      text={completions[letters.indexOf(letter)].text}
      current={letter === current}
      dragged={drag?.letter === letter}
      reading={reading}
      handleProps={handleProps(letter)}
      onFocus={() => setCurrent(letter)}
      onPlace={(slot) => {
        setCurrent(letter);
        change(letter, (p) =>
          p.ranks[letter] === slot ? takeOff(p, letter) : place(p, letter, slot),
        );
      }}
      onNotRankable={() => change(letter, (p) => toggleNotRankable(p, letter))}
      onPin={() => pin(letter)}
    >
      <RatingFields
        asked={questions}
        letter={letter}
        rating={ratings.each[letter]}
        notRankable={placement.notRankable.includes(letter)}
        onChange={(rating) => rate(letter, rating)}
        onPicked={(what) => picked(letter, what)}
      />
    </CompletionCard>
  );

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
      {/* the prompt stays in view as long as the completions that it stands above or beside */}
      <div
        className={cx(
          "min-w-0",
          !short && "xl:grid xl:grid-cols-[minmax(16rem,22rem)_minmax(0,1fr)] xl:gap-x-10",
        )}
      >
        <PromptPanel prompt={task.prompt} beside={!short} size={reading.size} />
        <section aria-label={t("rank.completions")}>
          <ReadingBar {...{ slots, short, reading }} onKey={act} />
          {beside.length > 0 ? (
            <div
              // on a phone a third stands out at the side: what is narrower cannot be read
              className="mb-8 grid auto-cols-[minmax(10.5rem,1fr)] grid-flow-col gap-x-4 overflow-x-auto sm:gap-x-8"
            >
              {beside.map(cardOf)}
            </div>
          ) : null}
          <div
            className={
              short
                ? "grid grid-cols-[repeat(auto-fill,minmax(min(100%,15rem),1fr))] gap-x-8 gap-y-6"
                : "grid grid-cols-[repeat(auto-fill,minmax(min(100%,26rem),1fr))] gap-x-10 gap-y-8"
            }
          >
            {letters.filter((letter) => !beside.includes(letter)).map(cardOf)}
          </div>
        </section>
      </div>
      <div className="contents lg:sticky lg:top-19 lg:block lg:max-h-[calc(100dvh-6rem)] lg:self-start lg:overflow-y-auto">
        <div className="sticky bottom-0 z-10 -mx-4 border-t border-line bg-paper px-4 pt-1 pb-3 sm:-mx-6 sm:px-6 lg:static lg:mx-0 lg:border-t-0 lg:px-0 lg:pt-0">
          {reading.oneByOne && !short ? (
            <ReadingNav {...{ letters, placement, current }} onChoose={choose} />
          ) : null}
          <Shelf
            {...{ completions, current, placement, drag, handleProps }}
            onChoose={choose}
            onPlace={(slot) => act({ type: "rank", slot })}
            onNotRankable={() => act({ type: "not-rankable" })}
          />
          <SubmitBar
            {...{ left, asked }}
            unsaid={unsaidText(t, questions, missingSaid)}
            onKey={act}
          />
        </div>
        <TaskControls
          words="rank"
          quiz={rehearsal === "quiz"}
          state={state}
          onKey={act}
          onComment={(text) => dispatch({ type: "comment", comment: text })}
        >
          <TaskQuestions
            asked={questions}
            answers={ratings.answers}
            onChange={(answers) => {
              setAsked(false);
              dispatch({ type: "rate", change: (before) => ({ ...before, answers }) });
            }}
          />
        </TaskControls>
      </div>
      {drag ? <DraggedCard {...{ drag, completions }} /> : null}
      {reading.diff ? (
        <Suspense fallback={null}>
          <DiffDialog completions={completions} first={reading.diff} onClose={reading.closeDiff} />
        </Suspense>
      ) : null}
      <output className="sr-only" aria-live="polite">
        {said}
      </output>
    </div>
  );
}

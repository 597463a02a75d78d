"use client";

import { useDeferredValue, useMemo, useSyncExternalStore } from "react";
import {
  keptDraft,
  keptText,
  newDraft,
  onDraft,
} from "@/app/(curate)/campaign-form/wizard/wizard-draft";
import { Guidelines } from "@/app/(label)/label/guidelines";
import { keepDraft } from "@/app/(label)/label/rank/kept";
import { TaskDesk } from "@/app/(label)/label/rank/task-desk";
import { useT } from "@/app/lib/i18n/client";
import { tidied } from "@/app/(curate)/campaign-form/asked-values";
import { zAssignmentId, zCampaignId } from "@/server/domain/ids";
import { parsePrompts } from "@/server/domain/prompt-file";
import { promptFormatOf } from "@/server/domain/prompts/reader";
import { letters } from "@/server/domain/ranking";
import type { LabelerTask } from "@/server/services/labeling";

const nothing = () => {};

function firstPrompt(content: string, fileName: string): string | undefined {
  try {
    // the first lines are enough, and a long file is read at every key
    const head = content.slice(0, 20_000);
    return parsePrompts(head, promptFormatOf(head, fileName))[0]?.text;
  } catch {
    return undefined; // half a line of JSON, or a mistake that the form points out
  }
}

/** The desk as a labeler will have it, by what stands in the wizard now. */
export function DeskSample() {
  const t = useT();
  const text = useDeferredValue(useSyncExternalStore(onDraft, keptText, () => null));
  const task = useMemo((): LabelerTask => {
    const fresh = newDraft("");
    const { values, prompts } = (text && keptDraft(fresh)) || fresh;
    const samples = ["first", "second", "third", "fourth"] as const;
    const assignmentId = zAssignmentId.parse(
      `preview-${values.kind}-${values.completionsPerTask}-${values.steps}`,
    );
    keepDraft(assignmentId, null);
    return {
      assignmentId,
      campaign: {
        id: zCampaignId.parse("preview"),
        name: values.name.trim() || t("wizard.preview.name"),
        guidelines: values.guidelines,
        guidelinesVersion: 1,
        guidelinesBefore: null,
        asked: tidied(values.asked),
        comparing: values.kind === "ranking" ? null : { steps: values.steps },
      },
      round: 1,
      prompt: firstPrompt(prompts.content, prompts.fileName) ?? t("wizard.preview.prompt"),
      completions: letters
        .slice(0, values.kind === "ranking" ? values.completionsPerTask : 2)
        .map((letter, index) => ({
          letter,
          text: t(`wizard.preview.${samples[index % samples.length]}`),
        })),
      draft: null,
      leaseExpiresAt: new Date(0),
    };
  }, [t, text]);
  return (
    <>
      <header className="mb-4 flex flex-wrap items-center justify-between gap-2">
        <h1 className="font-semibold">{t("rank.title", { campaign: task.campaign.name })}</h1>
        <Guidelines name={task.campaign.name} text={task.campaign.guidelines} />
      </header>
      <TaskDesk
        task={task}
        rehearsal="sample"
        onSubmit={nothing}
        onSkip={nothing}
        onHelp={nothing}
        onLost={nothing}
        onTrouble={nothing}
      />
    </>
  );
}

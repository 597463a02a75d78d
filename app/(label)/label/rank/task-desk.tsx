"use client";

import dynamic from "next/dynamic";
import type { LabelerTask } from "@/server/services/labeling";
import type { TaskProps } from "./use-task";

/** One of both desks is needed: it comes with the page, and the other not at all. */
const RankingTask = dynamic(async () => (await import("./ranking-task")).RankingTask);
const ComparisonTask = dynamic(
  async () => (await import("../compare/comparison-task")).ComparisonTask,
);
const ShortcutsDialog = dynamic(async () => (await import("./shortcuts-dialog")).ShortcutsDialog);
const CompareShortcuts = dynamic(
  async () => (await import("../compare/compare-shortcuts")).CompareShortcuts,
);

/** The desk that a task is done at: its completions put in order, or two answers and a scale between them. */
export function TaskDesk(props: TaskProps) {
  const { assignmentId, campaign } = props.task;
  return campaign.comparing ? (
    <ComparisonTask key={assignmentId} {...props} steps={campaign.comparing.steps} />
  ) : (
    <RankingTask key={assignmentId} {...props} />
  );
}

interface TaskKeysProps extends Pick<TaskProps, "rehearsal"> {
  task: LabelerTask;
  onClose: () => void;
}

/** What the keys of that desk do. */
export function TaskKeys({ task, rehearsal, onClose }: TaskKeysProps) {
  const { asked, comparing } = task.campaign;
  const skips = rehearsal !== "quiz";
  return comparing ? (
    <CompareShortcuts open {...{ skips, onClose }} steps={comparing.steps} />
  ) : (
    <ShortcutsDialog open {...{ skips, onClose, asked }} slots={task.completions.length} />
  );
}

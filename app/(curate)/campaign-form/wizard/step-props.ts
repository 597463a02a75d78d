import type { PromptPreview } from "@/app/(curate)/prompts/prompt-preview";
import type { Outputs } from "@/app/lib/trpc";
import type { WizardDraft } from "./wizard-draft";

/** What every step of the wizard shows and changes. */
export interface StepProps {
  draft: WizardDraft;
  onChange: (change: Partial<WizardDraft>) => void;
  policies: Outputs["campaigns"]["policies"];
  preview: PromptPreview;
  /** Somebody tried to go on: what is wrong is marked. */
  tried: boolean;
}

"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { useRouter } from "next/navigation";
import { type SyntheticEvent, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { usePromptPreview } from "@/app/(curate)/prompts/use-prompt-preview";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { cx } from "@/app/ui/class-names";
import { ErrorState } from "@/app/ui/error-state";
import { zCampaignId } from "@/server/domain/ids";
import { settingsOf } from "../form-values";
import { DeskPreview } from "./desk-preview";
import {
  isRight,
  keepDraft,
  keptDraft,
  newDraft,
  payOf,
  type Step,
  steps,
  type WizardDraft,
} from "./wizard-draft";
import { WizardStep } from "./wizard-steps";

interface WizardProps {
  policies: Outputs["campaigns"]["policies"];
  /** The policy that the page which led here was about. */
  chosen?: string;
}

const never = () => () => {};

/** What was begun is in the browser alone: it is drawn once there is one. */
export function CampaignWizard(props: WizardProps) {
  const t = useT();
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return inBrowser ? <Wizard {...props} /> : <p className="text-muted">{t("state.loading")}</p>;
}

/** From nothing to running in a few steps, each with defaults; the labeler's page beside them. */
function Wizard({ policies, chosen }: WizardProps) {
  const t = useT();
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const heading = useRef<HTMLHeadingElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState<WizardDraft>(() => {
    const fresh = newDraft(chosen ?? policies[0]?.id ?? "");
    const kept = keptDraft(fresh);
    if (!kept) return fresh;
    // a model that is gone since, or the one that led here
    const id = chosen ?? kept.values.policyModelId;
    const policyModelId = policies.some((one) => one.id === id) ? id : fresh.values.policyModelId;
    return { ...kept, values: { ...kept.values, policyModelId } };
  });
  const [tried, setTried] = useState(false);
  const { step } = draft;
  const preview = usePromptPreview(draft.prompts);
  /** The browser has room for it: a reload brings it back. */
  const [isKept, setKept] = useState(true);
  useEffect(() => {
    const kept = keepDraft(draft);
    queueMicrotask(() => setKept(kept));
  }, [draft]);

  const change = (part: Partial<WizardDraft>) => setDraft((before) => ({ ...before, ...part }));
  const go = (to: Step) => {
    change({ step: to });
    setTried(false);
    requestAnimationFrame(() => heading.current?.focus());
  };
  const open = useMutation(trpc.rounds.open.mutationOptions());
  const create = useMutation(trpc.campaigns.create.mutationOptions());
  const right = (one: Step) => isRight(one, draft, preview.wrong !== null);
  const asked = draft.values.kind === "given" ? preview.pairs : preview.count;
  const hasPrompts = asked > 0 || preview.reading || draft.promptsFrom !== "";
  const canOpen = draft.values.policyModelId !== "" && hasPrompts;

  const make = async (opening: boolean) => {
    const wrong = steps.find((one) => !right(one));
    if (wrong) {
      go(wrong);
      setTried(true);
      return;
    }
    const pay = payOf(draft);
    const from = zCampaignId.safeParse(draft.promptsFrom);
    const { id } = await create.mutateAsync({
      ...settingsOf(draft.values),
      prompts: draft.prompts,
      ...(from.success && { promptsFrom: from.data }),
      ...(pay && { pay }),
    });
    keepDraft(null);
    // made it is, whether it opens or not: its own page says what is missing
    if (opening) await open.mutateAsync({ campaignId: id }).catch(() => {});
    await queries.invalidateQueries(trpc.campaigns.pathFilter());
    router.push(`/curate/campaigns/${id}`);
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (step === "check") return void make(canOpen).catch(() => {});
    if (right(step)) return go(steps[steps.indexOf(step) + 1]);
    setTried(true);
    requestAnimationFrame(() =>
      form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus(),
    );
  };
  const busy = create.isPending || open.isPending;
  const before = steps[steps.indexOf(step) - 1];
  return (
    <div className="grid gap-x-10 gap-y-10 xl:grid-cols-[minmax(0,34rem)_minmax(0,1fr)]">
      <form ref={form} noValidate onSubmit={submit} className="flex min-w-0 flex-col gap-6">
        <StepList current={step} right={right} onGo={go} />
        <h2 ref={heading} tabIndex={-1} className="font-semibold outline-none">
          {t(`wizard.step.${step}.title`)}
        </h2>
        <WizardStep {...{ step, draft, policies, preview, tried }} onChange={change} />
        {!isKept && <p className="text-sm text-warning">{t("wizard.notKept")}</p>}
        {create.isError && <ErrorState message={errorMessage(create.error, t)} />}
        <div className="flex flex-wrap items-center gap-3">
          {before && <Button onClick={() => go(before)}>{t("wizard.back")}</Button>}
          {step === "check" ? (
            <>
              {canOpen && (
                <Button busy={busy} onClick={() => void make(false).catch(() => {})}>
                  {t("wizard.draft")}
                </Button>
              )}
              <Button
                key="make" // never one that was pressed a step before, whose click would then send the form
                type="submit"
                look="primary"
                busy={busy}
                busyText={t("form.creating")}
                icon={canOpen ? <Play aria-hidden className="size-4" /> : undefined}
              >
                {t(canOpen ? "wizard.open" : "wizard.draft")}
              </Button>
            </>
          ) : (
            <>
              <Button type="submit" look="primary">
                {t("wizard.next")}
              </Button>
              {canOpen && steps.every(right) && (
                <Button key="rest" onClick={() => go("check")}>
                  {t("wizard.rest")}
                </Button>
              )}
            </>
          )}
          {step !== "kind" && (
            <Button
              look="quiet"
              onClick={() => {
                setDraft(newDraft(chosen ?? policies[0]?.id ?? ""));
                setTried(false);
              }}
            >
              {t("wizard.again")}
            </Button>
          )}
        </div>
        {step === "check" && (
          <p className="text-sm text-muted">
            {t(
              canOpen
                ? "wizard.open.help"
                : draft.values.kind === "given"
                  ? "wizard.open.missing.given"
                  : "wizard.open.missing",
            )}
          </p>
        )}
      </form>
      <DeskPreview />
    </div>
  );
}

interface StepListProps {
  current: Step;
  right: (step: Step) => boolean;
  onGo: (step: Step) => void;
}

function StepList({ current, right, onGo }: StepListProps) {
  const t = useT();
  return (
    <nav aria-label={t("wizard.steps")}>
      <ol className="-mx-2 flex flex-wrap gap-y-1">
        {steps.map((step, index) => (
          <li key={step}>
            <button
              type="button"
              aria-current={step === current ? "step" : undefined}
              // later steps are open once all before them are right: nothing wrong is left behind unseen
              disabled={!steps.slice(0, index).every(right)}
              onClick={() => onGo(step)}
              className={cx(
                "min-h-9 rounded-base px-2 text-sm disabled:text-muted pointer-coarse:min-h-11",
                step === current ? "bg-wash font-semibold" : "enabled:hover:bg-wash",
              )}
            >
              <span className="tabular">{index + 1}.</span> {t(`wizard.step.${step}`)}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

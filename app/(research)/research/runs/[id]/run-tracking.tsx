"use client";

import { useT } from "@/app/lib/i18n/client";
import type { Outputs } from "@/app/lib/trpc";
import { Link } from "@/app/ui/link";
import { Section } from "@/app/ui/page-header";

/** Where else a run's measurements are, and whether all of them are there. */
export function RunTracking({ tracked }: Pick<Outputs["runs"]["get"], "tracked">) {
  const t = useT();
  if (tracked === null) return null;
  const { name, tensorboard, mlflow, problem } = tracked;
  return (
    <Section title={t("tracking.shown")}>
      <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[max-content_1fr]">
        {tensorboard === null ? null : (
          <>
            <dt className="text-muted">TensorBoard</dt>
            <dd className="mb-2 min-w-0 sm:mb-0">
              <code className="break-all">tensorboard --logdir {tensorboard}</code>
            </dd>
          </>
        )}
        {mlflow === null ? null : (
          <>
            <dt className="text-muted">MLflow</dt>
            <dd className="mb-2 min-w-0 break-words sm:mb-0">
              <Link href={mlflow.url}>{mlflow.url}</Link>, {mlflow.experiment}
            </dd>
          </>
        )}
        <dt className="text-muted">{t("tracking.run")}</dt>
        <dd className="min-w-0">
          <code className="break-all">{name}</code>
        </dd>
      </dl>
      {problem === null ? null : (
        <p className="mt-4 text-danger">
          {t("tracking.problem")}: {problem}.
        </p>
      )}
    </Section>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { handCode } from "@/app/lib/code-handover";
import { useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { Button, buttonClass } from "@/app/ui/button";

type Part = NonNullable<Outputs["studies"]["mine"]>;

/** For who came by a crowd market: how far their part is; when it is done the code and the way back. */
export function CrowdBar({ initial }: { initial: Part }) {
  const t = useT();
  const trpc = useTRPC();
  const { data } = useQuery({
    ...trpc.studies.mine.queryOptions(),
    initialData: initial,
    refetchInterval: ({ state }) => (state.data?.completed ? false : 5000),
  });
  const part = data ?? initial;
  return (
    <aside
      aria-label={t("crowd.bar")}
      className="mb-6 flex flex-wrap items-center gap-x-6 gap-y-2 border-b border-line pb-4"
    >
      <output>
        {part.completed
          ? t("crowd.done", { count: part.done })
          : t("crowd.progress", { done: part.done, tasks: part.tasks })}
      </output>
      {part.completed ? <Finish studyId={part.studyId} completed={part.completed} /> : null}
    </aside>
  );
}

interface FinishProps {
  studyId: Part["studyId"];
  completed: NonNullable<Part["completed"]>;
}

function Finish({ studyId, completed: { code, back } }: FinishProps) {
  const t = useT();
  /** The frame of MTurk that opened this tab has the code, and sends it. */
  const [handed, setHanded] = useState(false);
  useEffect(() => handCode(studyId, code, () => setHanded(true)), [studyId, code]);
  const [copied, setCopied] = useState(false);
  const Icon = copied ? Check : Copy;
  return (
    <>
      <span>
        {t("crowd.code")} <code className="font-mono font-semibold select-all">{code}</code>
      </span>
      <Button
        icon={<Icon aria-hidden className="size-4" />}
        onClick={() => void navigator.clipboard.writeText(code).then(() => setCopied(true))}
      >
        {t(copied ? "action.copied" : "action.copy")}
      </Button>
      {back.kind === "link" ? (
        <a href={back.href} rel="noreferrer" className={buttonClass("primary")}>
          {t("crowd.return", { host: new URL(back.href).host })}
        </a>
      ) : null}
      {handed ? <p className="font-semibold">{t("mturk.handed")}</p> : null}
      {back.kind === "form" && !handed ? (
        <form method="post" action={back.action}>
          {Object.entries(back.fields).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <Button type="submit" look="primary">
            {t("crowd.return", { host: new URL(back.action).host })}
          </Button>
        </form>
      ) : null}
    </>
  );
}

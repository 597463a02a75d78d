"use client";

import { type ReactNode, useEffect, useState, useSyncExternalStore } from "react";
import { hearCode } from "@/app/lib/code-handover";
import { useT } from "@/app/lib/i18n/client";
import { Button, buttonClass } from "@/app/ui/button";
import { TextField } from "@/app/ui/text-field";
import type { submissionForm } from "@/server/domain/crowd";
import type { StudyId } from "@/server/domain/ids";

interface MturkDoorProps {
  studyId: StudyId;
  /** What hands the code to MTurk, once there is one; null: the link does not say where to. */
  submission: ReturnType<typeof submissionForm>;
  open: boolean;
  /** What begins where the page has a tab of its own. */
  children: ReactNode;
}

const never = () => () => {};

/**
 * MTurk shows a task in a frame, where browsers keep a site's cookies from it: nobody could be signed in there. So the
 * task opens in a tab of its own, and the frame waits for its code and hands it to MTurk.
 */
export function MturkDoor({ studyId, submission, open, children }: MturkDoorProps) {
  const framed = useSyncExternalStore(
    never,
    () => window.self !== window.top,
    () => null,
  );
  if (framed === null) return null; // not known before the page runs
  return framed ? <InFrame {...{ studyId, submission, open }} /> : children;
}

function InFrame({ studyId, submission, open }: Omit<MturkDoorProps, "children">) {
  const t = useT();
  const [code, setCode] = useState("");
  const [tried, setTried] = useState(false);
  useEffect(() => hearCode(studyId, setCode), [studyId]);
  const missing = code.trim() === "";
  return (
    <ol className="mt-8 flex list-decimal flex-col gap-6 ps-6">
      <li>
        {open ? null : <p className="mb-2">{t("crowd.closed")}</p>}
        <p className="mb-3">{t("mturk.open.why")}</p>
        <a
          href={typeof location === "undefined" ? "" : location.href}
          target="_blank"
          rel="opener" // it hands the code over
          className={buttonClass("primary")}
        >
          {t("mturk.open")}
        </a>
      </li>
      <li>
        <p className="mb-3">{t("mturk.code.what")}</p>
        <form
          noValidate
          method="post"
          action={submission?.action}
          onSubmit={(event) => {
            setTried(true);
            if (missing || !submission) event.preventDefault();
          }}
        >
          <TextField
            label={t("mturk.code")}
            name="code"
            autoComplete="off"
            value={code}
            maxLength={40}
            onChange={(event) => setCode(event.target.value)}
            error={tried && missing ? t("mturk.code.missing") : null}
          />
          <input type="hidden" name="assignmentId" value={submission?.fields.assignmentId ?? ""} />
          <Button type="submit" look="primary" className="mt-3">
            {t("mturk.submit")}
          </Button>
          {submission ? null : (
            <p role="alert" className="mt-2 text-sm text-danger">
              {t("mturk.noHost")}
            </p>
          )}
        </form>
      </li>
    </ol>
  );
}

"use client";

import { useState } from "react";
import type { MessageKey } from "@/app/lib/i18n/catalogue";
import { useT } from "@/app/lib/i18n/client";
import { enter } from "@/app/lib/session";
import { Button } from "@/app/ui/button";
import type { Entry } from "@/server/domain/crowd";
import type { ConsentId, StudyId } from "@/server/domain/ids";

interface EnterFormProps {
  entry: Entry & { studyId: StudyId; consentId: ConsentId | null };
  /** Who was in it already may go on. */
  closed: boolean;
}

const messages: Record<string, MessageKey> = {
  conflict: "crowd.refused.conflict",
  forbidden: "crowd.refused.forbidden",
  "not-found": "crowd.unknown",
  unreachable: "error.network",
};

/** Begins: makes the worker's account or finds it again, and goes to the tasks. */
export function EnterForm({ entry, closed }: EnterFormProps) {
  const t = useT();
  const [state, setState] = useState<{ busy: boolean; error: MessageKey | null }>({
    busy: false,
    error: null,
  });
  const begin = async () => {
    setState({ busy: true, error: null });
    const result = await enter(entry);
    if (result === "ok") return location.assign("/label");
    setState({ busy: false, error: messages[result] ?? "error.unexpected" });
  };
  return (
    <div className="mt-8">
      {closed ? <p className="mb-4">{t("crowd.closed")}</p> : null}
      <Button look="primary" busy={state.busy} onClick={() => void begin()}>
        {t(closed ? "crowd.resume" : entry.consentId ? "crowd.agreeAndBegin" : "crowd.begin")}
      </Button>
      {state.error ? (
        <p role="alert" className="mt-3 text-sm text-danger">
          {t(state.error)}
        </p>
      ) : null}
    </div>
  );
}

"use client";

import { useEffect } from "react";
import type { ReactNode } from "react";
import { useT } from "@/app/lib/i18n/client";
import { useStorageFails } from "@/app/lib/storage";
import { Link } from "@/app/ui/link";

export const Notice = ({ children }: { children: ReactNode }) => (
  <div role="alert" className="mb-4 border-l-4 border-warning pl-3 text-sm">
    {children}
  </div>
);

interface KeepingNoticesProps {
  /** The server cannot be reached, wants a sign-in, or another role. */
  trouble: "offline" | "signed-out" | "forbidden" | null;
  /** Finished rankings that the server has not confirmed. */
  waiting?: number;
  /** There is something that the server does not have. */
  unsaved: boolean;
}

/** Where what is done is kept, as long as that is not where it should be: the browser and the server. */
export function KeepingNotices({ trouble, waiting = 0, unsaved }: KeepingNoticesProps) {
  const t = useT();
  const fails = useStorageFails();
  const alone = fails && unsaved;
  useEffect(() => {
    if (!alone) return;
    // nothing keeps it but this page: whoever leaves is asked first
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [alone]);

  const texts = {
    offline: {
      kept: waiting === 0 ? t("rank.offline.draft") : t("rank.offline", { count: waiting }),
      open: t("keep.offline.open"),
    },
    "signed-out": {
      kept: waiting === 0 ? t("rank.signedOut.draft") : t("rank.signedOut", { count: waiting }),
      open: t("keep.signedOut.open"),
    },
    forbidden: { kept: t("keep.forbidden"), open: t("keep.forbidden.open") },
  };
  return (
    <>
      {fails && !trouble ? <Notice>{t("keep.storage")}</Notice> : null}
      {trouble ? (
        <Notice>
          {texts[trouble][fails ? "open" : "kept"]}
          {trouble === "signed-out" ? (
            <>
              {" "}
              <Link
                href="/sign-in?reason=expired"
                {...(fails ? { target: "_blank", rel: "noreferrer" } : {})}
              >
                {t("signIn.title")}
              </Link>
            </>
          ) : null}
        </Notice>
      ) : null}
    </>
  );
}

"use client";

import { useState } from "react";
import { useT } from "../lib/i18n/client";
import { signIn, type SignInResult } from "../lib/session";

const messages = {
  wrong: "signIn.wrong",
  "too-many": "signIn.tooMany",
  unreachable: "error.network",
} as const;

/** Signs in and goes home; `error` is what to show when that failed. */
export function useSignIn() {
  const t = useT();
  const [state, setState] = useState<{ busy: boolean; result: SignInResult | null }>({
    busy: false,
    result: null,
  });
  const run = async (by: Parameters<typeof signIn>[0]) => {
    setState({ busy: true, result: null });
    const result = await signIn(by);
    setState({ busy: result === "ok", result });
    // a full load, so that nothing of the page before stays
    if (result === "ok") location.assign("/");
    return result;
  };
  const { busy, result } = state;
  return { run, busy, error: result && result !== "ok" ? t(messages[result]) : null, result };
}

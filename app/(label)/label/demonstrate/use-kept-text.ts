"use client";

import { type RefObject, useEffect, useState, useSyncExternalStore } from "react";
import { errorMessage, isFinal, isForbidden, isSignedOut } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { useTRPCClient } from "@/app/lib/trpc";
import { onStorage, parsed, readStored, store } from "@/app/lib/storage";
import type { DemonstrationTask } from "@/server/services/demonstrations";
import type { Similar } from "@/server/services/demonstrations-similar";
import { type KeptText, TextKeeper, type TextServer, type TextStore } from "./text-keeper";

/** A save that hangs so long is tried again. */
const hangsAfter = 20_000;
/** Whose words they are is looked for once nobody writes. */
const compareAfter = 1000;

const key = (id: string) => `revealed-text:${id}`;

const storeOf = (id: string): TextStore => ({
  read: () => readStored(key(id)) as KeptText | null,
  keep: (kept) => store(key(id), kept),
  onElsewhere: (hear) =>
    onStorage((changed, kept) => {
      if (changed === key(id)) hear(parsed(kept) as KeptText | null);
    }),
});

/** What was kept here is not needed any more: other tabs learn of it by that. */
export function forgetText(id: string): void {
  store(key(id), null);
}

function serverOf(
  client: ReturnType<typeof useTRPCClient>,
  demonstrationId: DemonstrationTask["demonstrationId"],
  t: ReturnType<typeof useT>,
): TextServer {
  return {
    save: (text, base) => {
      const signal = AbortSignal.timeout(hangsAfter);
      return client.demonstrations.saveDraft.mutate({ demonstrationId, text, base }, { signal });
    },
    read: () => client.demonstrations.draft.query({ demonstrationId }),
    failure: (error) => {
      if (isSignedOut(error)) return "signed-out";
      if (isForbidden(error)) return "forbidden";
      return isFinal(error) ? { refused: errorMessage(error, t) } : "offline";
    },
  };
}

/** The text of a demonstration in the making, kept as `TextKeeper` does. @param box where it is written */
export function useKeptText(
  { demonstrationId, text }: DemonstrationTask,
  box: RefObject<HTMLTextAreaElement | null>,
) {
  const client = useTRPCClient();
  const t = useT();
  const [keeper] = useState(
    () => new TextKeeper(text, serverOf(client, demonstrationId, t), storeOf(demonstrationId)),
  );
  const state = useSyncExternalStore(keeper.watch, keeper.state, keeper.state);

  useEffect(() => {
    const early = box.current;
    const wasTyped = early !== null && early.value !== early.defaultValue;
    const close = keeper.open();
    if (wasTyped) keeper.writeEarly(early.value);
    const onVisibility = () =>
      void (document.visibilityState === "visible" ? keeper.catchUp() : keeper.flush());
    const onOnline = () => void keeper.flush();
    document.addEventListener("visibilitychange", onVisibility);
    addEventListener("online", onOnline);
    return () => {
      document.removeEventListener("visibilitychange", onVisibility);
      removeEventListener("online", onOnline);
      close();
    };
  }, [keeper, box]);

  const [similar, setSimilar] = useState<Similar | null>(null);
  const { savedAt } = state;
  useEffect(() => {
    if (!savedAt) return;
    let gone = false;
    const compare = async () => {
      try {
        const found = await client.demonstrations.similar.query({ demonstrationId });
        if (!gone) setSimilar(found);
      } catch {
        // a help and no more: the next pause asks again
      }
    };
    const timer = setTimeout(() => void compare(), compareAfter);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [client, demonstrationId, savedAt]);
  return { keeper, state, similar };
}

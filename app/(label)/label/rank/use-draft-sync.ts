"use client";

import { useEffect, useRef } from "react";
import { isFinal, isForbidden, isSignedOut } from "@/app/lib/error-message";
import { useTRPCClient } from "@/app/lib/trpc";
import type { RankingDraft } from "@/server/domain/assignment";
import type { LabelerTask } from "@/server/services/labeling";
import { keepDraft, keptDraft, onDraftElsewhere } from "./kept";
import { type Spent, withSeconds } from "./spent";
import { hangsAfter, type Trouble } from "./use-outbox";
import type { DraftState } from "./use-placement";

/** From the first change that the server does not have; those that follow go along. */
const saveAfter = 1000;
const tryAgainAfter = 3000;
const renewEvery = 4 * 60_000;

interface DraftSync {
  assignmentId: LabelerTask["assignmentId"];
  /** A sample, or a quiz: kept in this browser, and of no concern to the server. */
  rehearsal?: boolean;
  state: DraftState;
  spent: () => Spent;
  present: () => boolean;
  /** It was handed over as a finished ranking: there is no draft to keep any more. */
  finished: () => boolean;
  /** Others filled the task: what is submitted now would be late. */
  onLost: (lost: boolean) => void;
  /** The server cannot be reached, wants a sign-in, or another role; null when it took the draft. */
  onTrouble: (trouble: Trouble) => void;
  /** Another tab or browser of this person's went on with the task. */
  onNewer: (draft: RankingDraft) => void;
  /** What was sent as `sent` is kept as `version`: another browser had given that number to something else. */
  onRenumbered: (kept: { sent: number; version: number }) => void;
}

/** The page that says so: drafts of two browsers may have the same number. */
const page = Math.random().toString(36).slice(2);

/**
 * Keeps every change in the browser at once and on the server within 2 s, and the lease while
 * somebody is there. Without a server it tries until there is one; what another tab or browser did
 * later comes here.
 */
export function useDraftSync({ assignmentId, rehearsal, state, spent, ...told }: DraftSync): void {
  const client = useTRPCClient();
  const { version, placement, comment, ratings } = state;
  /** The newest version that the server or another tab sees to. */
  const saved = useRef(version);
  const latest = useRef<RankingDraft | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const save = useRef<() => Promise<void>>(async () => {});
  const handlers = useRef(told);
  /** The draft as it stands, with the time until now. */
  const draftNow = (): RankingDraft => {
    const { seconds, each } = spent();
    const said = withSeconds(ratings, each);
    return { ...placement, comment, version, by: page, ratings: said, seconds };
  };
  const now = useRef(draftNow);
  useEffect(() => {
    handlers.current = told;
    now.current = draftNow;
  });

  useEffect(() => {
    if (rehearsal) return;
    let alive = true; // what comes back after that is of no concern to the task that is shown then
    const later = (after: number) => {
      timer.current ??= setTimeout(() => void save.current(), after);
    };
    const known = () => Math.max(saved.current, latest.current?.version ?? 0);
    const heard = (newer: RankingDraft) => {
      if (newer.version <= known()) return;
      saved.current = newer.version;
      handlers.current.onNewer(newer);
    };
    save.current = async () => {
      clearTimeout(timer.current);
      timer.current = undefined;
      const draft = latest.current;
      if (!draft || draft.version <= saved.current) return;
      try {
        const signal = AbortSignal.timeout(hangsAfter);
        const answer = await client.labeling.saveDraft.mutate({ assignmentId, draft }, { signal });
        if (!alive) return;
        const { version: kept = draft.version } = answer;
        saved.current = Math.max(saved.current, kept);
        if (kept > draft.version)
          handlers.current.onRenumbered({ sent: draft.version, version: kept });
        handlers.current.onTrouble(null);
        handlers.current.onLost(!answer.held);
        if (answer.draft) heard(answer.draft);
        if (latest.current && latest.current.version > saved.current) later(saveAfter);
      } catch (error) {
        if (!alive) return;
        if (isSignedOut(error)) handlers.current.onTrouble("signed-out");
        else if (isForbidden(error)) handlers.current.onTrouble("forbidden");
        else if (isFinal(error)) return; // not lent to this person any more: nothing is gained by asking again
        else handlers.current.onTrouble("offline");
        later(tryAgainAfter);
      }
    };
    const renew = async () => {
      try {
        const lease = await client.labeling.renew.mutate({ assignmentId, version: known() });
        if (!alive) return;
        handlers.current.onLost(!lease.held);
        if (lease.draft) heard(lease.draft);
      } catch {
        // no network: the next heartbeat tells
      }
    };
    const beat = setInterval(() => {
      if (handlers.current.present()) void renew();
    }, renewEvery);
    // what was read since the last change counts too when the page comes back
    const keepTime = () => {
      const draft = now.current();
      if (handlers.current.finished()) return;
      if ((keptDraft(assignmentId)?.version ?? 0) <= draft.version) keepDraft(assignmentId, draft);
    };
    const onVisibility = () => {
      if (document.visibilityState === "visible") return void renew();
      keepTime();
      void save.current();
    };
    const onOnline = () => void save.current();
    const onOffline = () => handlers.current.onTrouble("offline");
    document.addEventListener("visibilitychange", onVisibility);
    addEventListener("online", onOnline);
    addEventListener("offline", onOffline);
    const deaf = onDraftElsewhere(assignmentId, heard);
    return () => {
      // the page is left by a link: what was placed last goes to the server now
      if (keptDraft(assignmentId)) keepTime(); // a task that was skipped is forgotten
      if (!handlers.current.finished()) void save.current();
      alive = false;
      clearInterval(beat);
      clearTimeout(timer.current);
      timer.current = undefined;
      document.removeEventListener("visibilitychange", onVisibility);
      removeEventListener("online", onOnline);
      removeEventListener("offline", onOffline);
      deaf();
    };
  }, [assignmentId, client, rehearsal]);

  useEffect(() => {
    if (version <= saved.current) return;
    const draft = now.current();
    latest.current = draft;
    keepDraft(assignmentId, draft);
    timer.current ??= setTimeout(() => void save.current(), saveAfter);
  }, [assignmentId, version]);
}

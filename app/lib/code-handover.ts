"use client";

import type { StudyId } from "@/server/domain/ids";

/** Between MTurk's frame and the tab that it opened: both are this site's, and nobody else hears or is heard. */
interface Message {
  revealed: "code" | "code-taken";
  studyId: StudyId;
  code?: string;
}

function onMessage(hear: (message: Message, from: MessageEventSource | null) => void): () => void {
  const listen = ({ origin, data, source }: MessageEvent<unknown>) => {
    if (origin !== location.origin || typeof data !== "object" || data === null) return;
    if ("revealed" in data && "studyId" in data) hear(data as Message, source);
  };
  addEventListener("message", listen);
  return () => removeEventListener("message", listen);
}

/** In the frame: takes the code that the tab hands over. @returns what ends it */
export const hearCode = (studyId: StudyId, take: (code: string) => void): (() => void) =>
  onMessage((message, from) => {
    if (message.revealed !== "code" || message.studyId !== studyId || !message.code) return;
    take(message.code);
    const taken: Message = { revealed: "code-taken", studyId };
    from?.postMessage(taken, { targetOrigin: location.origin });
  });

/** In the tab: hands the code to the frame that opened it, and tells when the frame has it. @returns what ends it */
export function handCode(studyId: StudyId, code: string, taken: () => void): () => void {
  const deaf = onMessage((message) => {
    if (message.revealed === "code-taken" && message.studyId === studyId) taken();
  });
  const message: Message = { revealed: "code", studyId, code };
  (window.opener as Window | null)?.postMessage(message, location.origin);
  return deaf;
}

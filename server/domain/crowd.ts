import { z } from "zod";
import type { StudyId } from "./ids";

/** Where a study's workers come from. */
export const zCrowdMarket = z.enum(["prolific", "mturk", "other"]);
export type CrowdMarket = z.infer<typeof zCrowdMarket>;

/** What a worker's link must say, by market: the names that the market itself uses. */
const parameters = {
  prolific: { worker: "PROLIFIC_PID", submission: "SESSION_ID" },
  mturk: { worker: "workerId", submission: "assignmentId" },
  other: { worker: "worker", submission: "submission" },
} as const satisfies Record<CrowdMarket, object>;

/** The parameters of a study's link, as one gives it to the market, which fills them in. */
const entryQuery: Record<CrowdMarket, string> = {
  prolific: "?PROLIFIC_PID={{%PROLIFIC_PID%}}&STUDY_ID={{%STUDY_ID%}}&SESSION_ID={{%SESSION_ID%}}",
  mturk: "?workerId=${workerId}&assignmentId=${assignmentId}&hitId=${hitId}",
  other: "?worker=WORKER_ID&submission=SUBMISSION_ID",
};

/** The address of a study's door. MTurk's is apart: it alone may be shown in a frame. */
export const entryPath = ({ id, market }: { id: StudyId; market: CrowdMarket }): string =>
  `/crowd/${market === "mturk" ? "mturk/" : ""}${id}${entryQuery[market]}`;

export interface Entry {
  worker: string;
  submission: string | null;
  /** Where MTurk takes the submission; null when the link names no host of its own. */
  submitTo: string | null;
}

export type ParsedEntry =
  | { kind: "entry"; entry: Entry }
  /** MTurk shows the task before it is accepted: there is nobody yet. */
  | { kind: "preview" }
  | { kind: "missing"; parameter: string };

const zWorker = z.string().regex(/^[\w.:@-]{2,100}$/);
const unavailable = "ASSIGNMENT_ID_NOT_AVAILABLE";

/** Reads who comes from a link's parameters. */
export function parseEntry(
  market: CrowdMarket,
  query: Record<string, string | string[] | undefined>,
): ParsedEntry {
  const names = parameters[market];
  const one = (name: string): string | null => {
    const given = query[name];
    return typeof given === "string" && given !== "" ? given : null;
  };
  const submission = one(names.submission);
  if (market === "mturk" && submission === unavailable) return { kind: "preview" };
  const worker = zWorker.safeParse(one(names.worker));
  if (!worker.success) return { kind: "missing", parameter: names.worker };
  const submitTo = market === "mturk" ? mturkHost(one("turkSubmitTo")) : null;
  return {
    kind: "entry",
    entry: { worker: worker.data, submission: submission?.slice(0, 100) ?? null, submitTo },
  };
}

const mturkOrigins = new Set(["https://www.mturk.com", "https://workersandbox.mturk.com"]);

/** The origin if it is one of MTurk's: whatever else a link names is no place to send a worker to. */
export function mturkHost(address: string | null): string | null {
  if (address === null || !URL.canParse(address)) return null;
  const { origin, username } = new URL(address);
  return username === "" && mturkOrigins.has(origin) ? origin : null;
}

/** An address of the web that an admin may send workers back to: https, without a user's name in it. */
export const zReturnUrl = z
  .string()
  .trim()
  .max(500)
  .refine(
    (text) => {
      if (!URL.canParse(text)) return false;
      const { protocol, username, password } = new URL(text);
      return protocol === "https:" && username === "" && password === "";
    },
    {
      message:
        "Give an address that begins with https://, for example https://panel.example.org/done?code={code}.",
    },
  );

/** How a worker goes back: a link, a form to send, or nothing but the code to copy. */
export type WayBack =
  | { kind: "link"; href: string }
  | { kind: "form"; action: string; fields: Record<string, string> }
  | { kind: "code" };

/** What hands a code to MTurk; null where the link did not say to which of its hosts, or for which assignment. */
export function submissionForm(
  { submission, submitTo }: Pick<Entry, "submission" | "submitTo">,
  code: string,
): { action: string; fields: { assignmentId: string; code: string } } | null {
  const host = mturkHost(submitTo);
  if (!host || !submission) return null;
  return { action: `${host}/mturk/externalSubmit`, fields: { assignmentId: submission, code } };
}

export function wayBack(
  study: { market: CrowdMarket; returnUrl: string | null },
  part: { code: string; submission: string | null; submitTo: string | null },
): WayBack {
  const code = encodeURIComponent(part.code);
  if (study.market === "prolific")
    return { kind: "link", href: `https://app.prolific.com/submissions/complete?cc=${code}` };
  if (study.market === "mturk") {
    const form = submissionForm(part, part.code);
    return form ? { kind: "form", ...form } : { kind: "code" };
  }
  const address = zReturnUrl.safeParse(study.returnUrl);
  return address.success
    ? { kind: "link", href: address.data.replaceAll("{code}", code) }
    : { kind: "code" };
}

import type { ReactNode } from "react";
import { cx } from "./class-names";

export type Station = "demonstration" | "ranking" | "reward" | "policy" | "proof";

const stationText: Record<Station, string> = {
  demonstration: "text-demonstration",
  ranking: "text-ranking",
  reward: "text-reward",
  policy: "text-policy",
  proof: "text-proof",
};

/** A word that says what kind a thing is; a station of the loop in its own hue. */
export function Tag({ station, children }: { station?: Station; children: ReactNode }) {
  return (
    <span
      className={cx(
        "inline-flex items-center gap-1.5 rounded-base border border-line px-1.5 text-sm whitespace-nowrap",
        station && stationText[station],
      )}
    >
      {station ? <span aria-hidden className="size-2 rotate-45 bg-current" /> : null}
      {children}
    </span>
  );
}

export type StatusTone = "neutral" | "active" | "good" | "warning" | "danger";

const tones: Record<StatusTone, { text: string; shape: string }> = {
  neutral: { text: "text-muted", shape: "rounded-full border-2 border-current" },
  active: { text: "text-accent", shape: "rounded-full bg-current animate-pulse" },
  good: { text: "text-good", shape: "rounded-full bg-current" },
  warning: { text: "text-warning", shape: "rotate-45 bg-current" },
  danger: { text: "text-danger", shape: "bg-current" },
};

/** The state of a thing: a word, and a shape of its own so that colour is never alone. */
export function Status({ tone = "neutral", children }: { tone?: StatusTone; children: ReactNode }) {
  return (
    <span
      className={cx("inline-flex items-center gap-2 text-sm whitespace-nowrap", tones[tone].text)}
    >
      <span aria-hidden className={cx("size-2", tones[tone].shape)} />
      {children}
    </span>
  );
}

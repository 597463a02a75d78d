import { FileText, Gauge, Layers, ListOrdered, PenLine, Target, TrendingUp } from "lucide-react";
import type { LucideIcon } from "lucide-react";
import Link from "next/link";
import { cx } from "@/app/ui/class-names";
import type { StationName } from "@/server/domain/circle";

export type PlaceName = StationName | "proof";

/** The six stations and the proof: an icon and a hue each, everywhere the same. */
const look: Record<PlaceName, { icon: LucideIcon; hue: string }> = {
  prompts: { icon: FileText, hue: "var(--muted)" },
  demonstrations: { icon: PenLine, hue: "var(--demonstration)" },
  policy: { icon: Layers, hue: "var(--policy)" },
  rankings: { icon: ListOrdered, hue: "var(--ranking)" },
  reward: { icon: Gauge, hue: "var(--reward)" },
  ppo: { icon: TrendingUp, hue: "var(--policy)" },
  proof: { icon: Target, hue: "var(--proof)" },
};
export const hueOf = (name: PlaceName): string => look[name].hue;

export interface StationWords {
  /** The noun it is known by. */
  title: string;
  /** The one figure that matters here, "212 of 800". */
  figure: string;
  /** What the figure counts. */
  unit: string;
  /** What waits here, or null when nothing does. */
  waiting: string | null;
  href: string;
}

/** A station: where it stands is the map's business, what it says is here. */
export function Station({
  name,
  number,
  words,
  busy,
}: {
  name: PlaceName;
  number?: number;
  words: StationWords;
  busy: boolean;
}) {
  const { icon: Icon, hue } = look[name];
  return (
    <Link
      href={words.href}
      style={{ "--hue": hue } as React.CSSProperties}
      className={cx(
        "flex w-full items-start gap-3 rounded-base p-2 hover:bg-wash",
        name === "proof"
          ? "@min-[960px]:hover:bg-paper"
          : "bg-paper @min-[960px]:border @min-[960px]:border-line @min-[960px]:p-3 @min-[960px]:hover:border-(--hue)",
      )}
      data-station={name}
    >
      <span
        aria-hidden
        className="relative grid size-9 shrink-0 place-items-center rounded-full bg-(--hue)/12 text-(--hue)"
      >
        <Icon size={18} strokeWidth={1.75} />
        {busy && (
          <span className="absolute -inset-1 animate-pulse rounded-full border-2 border-(--hue) motion-reduce:animate-none" />
        )}
      </span>
      <span className="min-w-0">
        <span className="block text-sm leading-5 text-muted">
          {number !== undefined && <span className="tabular-nums">{number} </span>}
          <span className="font-semibold text-ink">{words.title}</span>
        </span>
        <span className="block leading-6 tabular-nums">
          <span className="font-semibold">{words.figure}</span>{" "}
          <span className="text-sm text-muted">{words.unit}</span>
        </span>
        {words.waiting && (
          <span className="block text-sm leading-5 text-muted">{words.waiting}</span>
        )}
      </span>
    </Link>
  );
}

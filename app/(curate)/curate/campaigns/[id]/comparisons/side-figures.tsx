"use client";

import { useT } from "@/app/lib/i18n/client";
import type { Outputs } from "@/app/lib/trpc";
import { useFigures } from "../quality/use-figures";

type Sides = NonNullable<Outputs["campaigns"]["comparisons"]>["sides"];

/** How often the left answer won, whoever stood there. */
export function SideFigures({ sides }: { sides: Sides }) {
  const t = useT();
  const { share, range, p } = useFigures();
  return (
    <dl className="grid grid-cols-2 gap-x-8 gap-y-4 sm:max-w-2xl">
      <div>
        <dt className="text-sm text-muted">{t("comparisons.sides.share")}</dt>
        <dd className="tabular text-xl font-semibold">{share(sides.share)}</dd>
        <dd className="tabular text-sm text-muted">{range(sides.interval)}</dd>
      </div>
      <div>
        <dt className="text-sm text-muted">{t("comparisons.sides.p")}</dt>
        <dd className="tabular text-xl font-semibold">{p(sides.p)}</dd>
      </div>
    </dl>
  );
}

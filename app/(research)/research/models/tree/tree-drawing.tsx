import NextLink from "next/link";
import { getLocale, getT } from "@/app/lib/i18n/server";
import { cx } from "@/app/ui/class-names";
import { shortName } from "@/app/(circle)/circle-words";
import { kindShort } from "../../runs/run-words";
import { modelKindKeys } from "../model-words";
import type { Edge, Placed, TreeLayout } from "./tree-layout";

const size = { column: 264, row: 88, width: 184, height: 52, pad: 8 };

const left = ({ column }: Placed) => size.pad + column * size.column;
const middle = ({ row }: Placed) => size.pad + row * size.row + size.height / 2;

/** Down in the gap before the column where it ends, so that no line crosses a model. */
function pathOf({ from, to, role }: Edge): string {
  const [x1, y1, x2, y2] = [left(from) + size.width, middle(from), left(to), middle(to)];
  if (role === "parent") {
    if (y1 === y2) return `M${x1},${y1} H${x2}`;
    const turn = x1 + 16;
    return `M${x1},${y1} H${turn} V${y2} H${x2}`;
  }
  // to a reward model's own generation or an earlier one: along the bottom of the policy
  const [above, below] = [Math.min(y1, y2), Math.max(y1, y2)];
  const x = left(to) + size.width / 2;
  const at = above + size.height / 2;
  return left(from) >= left(to)
    ? `M${x},${below - size.height / 2} V${at}`
    : `M${x1},${y1} H${x} V${y2 + size.height / 2}`;
}

/**
 * The family as a drawing: models in columns by generation, each solid line the run that made one from
 * another. The list below it says the same to those who do not see or point.
 */
export async function TreeDrawing({ layout }: { layout: TreeLayout }) {
  const t = await getT();
  const locale = await getLocale();
  const campaigns = new Set(layout.placed.flatMap(({ model }) => model.campaignName ?? []));
  const nameOf = ({ model: { name, campaignName } }: Placed) =>
    campaigns.size === 1 ? shortName(name, campaignName ?? "") : name;
  const width = 2 * size.pad + (layout.columns - 1) * size.column + size.width;
  const height = 2 * size.pad + (layout.rows - 1) * size.row + size.height;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
    <section aria-label={t("tree.drawing")} tabIndex={0} className="-mx-2 overflow-x-auto px-2">
      <div aria-hidden className="relative" style={{ width, height }}>
        <svg width={width} height={height} className="absolute inset-0 fill-none">
          {layout.edges.map((edge) => (
            <path
              key={`${edge.from.model.id} ${edge.role} ${edge.to.model.id}`}
              d={pathOf(edge)}
              className={edge.role === "reward" ? "stroke-reward" : "stroke-edge"}
              strokeWidth="1.5"
              strokeDasharray={edge.role === "reward" ? "4 4" : undefined}
            />
          ))}
        </svg>
        {layout.placed.map((one) => (
          <NextLink
            key={one.model.id}
            href={`/research/models/${one.model.id}`}
            tabIndex={-1}
            title={one.model.name}
            style={{ left: left(one), top: middle(one) - size.height / 2, ...box }}
            className={cx(
              "absolute flex flex-col justify-center rounded-base border bg-paper px-2 text-sm hover:bg-wash",
              one.model.kind === "reward" ? "border-reward" : "border-policy",
            )}
          >
            <span className="truncate font-semibold">{nameOf(one)}</span>
            <span className="tabular truncate text-muted">
              {t(modelKindKeys[one.model.kind])}
              {one.model.exact === null
                ? ""
                : ` · ${t("models.exactIs", {
                    share: one.model.exact.toLocaleString(locale, {
                      style: "percent",
                      maximumFractionDigits: 1,
                    }),
                  })}`}
            </span>
          </NextLink>
        ))}
        {layout.placed.map(({ model, ...at }) =>
          model.runId === null || model.runKind === null || at.column === 0 ? null : (
            <NextLink
              key={model.id}
              href={`/research/runs/${model.runId}`}
              tabIndex={-1}
              style={{ left: left({ model, ...at }) - 60, top: middle({ model, ...at }) - 24 }}
              className="absolute w-14 text-center text-sm text-accent underline decoration-current/40 underline-offset-3"
            >
              {kindShort[model.runKind]}
              {model.round === null ? "" : ` ${model.round}`}
            </NextLink>
          ),
        )}
      </div>
    </section>
  );
}

const box = { width: size.width, height: size.height };

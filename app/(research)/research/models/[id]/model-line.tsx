import { getT } from "@/app/lib/i18n/server";
import { Link } from "@/app/ui/link";
import type { Outputs } from "@/app/lib/trpc";
import { ModelKind, Origin } from "../model-table";

type Model = Outputs["models"]["get"];

/** From the first ancestor down to this model, and what was made from it; each step names its run. */
export async function ModelLine({ model }: { model: Model }) {
  const t = await getT();
  return (
    <>
      <ol className="ml-1 border-l-2 border-line">
        {[...model.ancestors, model].map((one) => (
          <li key={one.id} className="relative flex flex-wrap items-baseline gap-x-3 py-1.5 pl-5">
            <span
              aria-hidden
              className="absolute top-3.5 -left-[5px] size-2 rounded-full bg-edge"
            />
            {one.id === model.id ? (
              <strong className="font-semibold" aria-current="page">
                {one.name}
              </strong>
            ) : (
              <Link href={`/research/models/${one.id}`}>{one.name}</Link>
            )}
            <ModelKind kind={one.kind} />
            <span className="text-sm text-muted">
              <Origin model={one} />
            </span>
          </li>
        ))}
      </ol>
      {model.children.length === 0 ? (
        <p className="mt-3 text-muted">{t("models.noChildren")}</p>
      ) : (
        <>
          <h3 className="mt-4 font-semibold">{t("models.children")}</h3>
          <ul className="mt-1 grid gap-1">
            {model.children.map((one) => (
              <li key={one.id} className="flex flex-wrap items-baseline gap-x-3">
                <Link href={`/research/models/${one.id}`}>{one.name}</Link>
                <ModelKind kind={one.kind} />
                <span className="text-sm text-muted">
                  <Origin model={one} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

import type { MessageKey } from "@/app/lib/i18n/catalogue";
import type { Values } from "@/app/lib/i18n/format";

const named: Readonly<Record<string, MessageKey>> = {
  "longer preferred": "report.part.longer",
  "shorter preferred": "report.part.shorter",
};

/** A part of the pairs as the report's file names it ("0.25 to 0.5 nats"), in the reader's language; a group of labelers keeps its name. */
export function reportPartText(
  part: string,
  t: (key: MessageKey, values?: Values) => string,
): string {
  const [, from, to, unit] = /^([\d.]+) to ([\d.]+) (nats|%)$/.exec(part) ?? [];
  if (unit !== undefined)
    return t(unit === "%" ? "report.part.percent" : "report.part.nats", { from, to });
  const [, least] = /^([\d.]+) nats and more$/.exec(part) ?? [];
  if (least !== undefined) return t("report.part.natsUp", { from: least });
  return part in named ? t(named[part]) : part;
}

import { getT } from "@/app/lib/i18n/server";

export default async function Loading() {
  const t = await getT();
  return <p className="text-muted">{t("state.loading")}</p>;
}

import { textDownload } from "@/app/lib/text-download";
import { AppError } from "@/server/domain/app-error";
import { services } from "@/server/services/context";
import { paymentCsv, zPaymentOf } from "@/server/services/payment";

/** `?since=…&until=…`, moments of ISO 8601, and `&campaign=…`: what accepted work of that time earns. */
export async function GET(request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams;
  return await textDownload(async (actor) => {
    const asked = zPaymentOf.safeParse({
      since: new Date(query.get("since") ?? ""),
      until: new Date(query.get("until") ?? ""),
      campaignId: query.get("campaign") ?? undefined,
    });
    if (asked.success) return await paymentCsv(services(), actor, asked.data);
    throw new AppError(
      "bad-input",
      "Ask for since=… and until=… as dates, the first before the second.",
    );
  });
}

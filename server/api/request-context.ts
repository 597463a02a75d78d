import { localeCookie, localeOf } from "../domain/locale";
import { services } from "../services/context";
import { actorOf } from "../services/sessions";
import type { ApiContext } from "./context";
import { signedInBy } from "./session-cookie";

/** What a request over HTTP works on, who asks by the session in its header of cookies, and in which language. */
export async function requestContext(headers: Headers): Promise<ApiContext> {
  const ctx = services();
  const cookie = (name: string) => cookieIn(headers.get("cookie") ?? "", name);
  const signedIn = await signedInBy(cookie);
  const actor = signedIn && (await actorOf(ctx, signedIn));
  const asked = { cookie: cookie(localeCookie), header: headers.get("accept-language") };
  return { ...ctx, actor, locale: localeOf({ ...asked, person: actor?.locale }) };
}

function cookieIn(header: string, name: string): string | undefined {
  for (const pair of header.split(";")) {
    const at = pair.indexOf("=");
    if (pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

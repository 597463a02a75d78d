import { services } from "../services/context";
import { actorOf } from "../services/sessions";
import type { ApiContext } from "./context";
import { signedInBy } from "./session-cookie";

/** What a request over HTTP works on, and who asks by the session in its header of cookies. */
export async function requestContext(cookies: string | null): Promise<ApiContext> {
  const ctx = services();
  const signedIn = await signedInBy((name) => cookieIn(cookies ?? "", name));
  return { ...ctx, actor: signedIn && (await actorOf(ctx, signedIn)) };
}

function cookieIn(header: string, name: string): string | undefined {
  for (const pair of header.split(";")) {
    const at = pair.indexOf("=");
    if (pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

import { decode } from "next-auth/jwt";
import { sessionSecret } from "../services/secret";
import { services } from "../services/context";
import type { SignedIn } from "../services/sessions";

/** As next-auth calls its cookie, over HTTPS and without. */
const cookieNames = ["__Secure-next-auth.session-token", "next-auth.session-token"];

/** What opened cookies say. Opening one derives its key anew, which takes longer than many a query. */
const opened = new Map<string, { signedIn: SignedIn; until: number }>();
const keptAtMost = 10_000;

/**
 * Who the session's cookie says is signed in; whether that session still is, the database says.
 * next-auth's getServerSession would build a session and a new cookie besides, at every request, for nobody.
 */
export async function signedInBy(
  cookieOf: (name: string) => string | undefined,
): Promise<SignedIn | null> {
  const token = cookieNames.map(cookieOf).find(Boolean);
  if (!token) return null;
  const known = opened.get(token);
  if (known) return known.until > Date.now() ? known.signedIn : null;
  try {
    const found = await decode({ token, secret: sessionSecret(services().folders) });
    if (!found?.signedIn) return null;
    const { signedIn, exp } = found as { signedIn: SignedIn; exp?: number };
    if (opened.size >= keptAtMost) opened.clear();
    if (exp !== undefined) opened.set(token, { signedIn, until: exp * 1000 });
    return signedIn;
  } catch {
    return null; // made by another key, tampered with, or over
  }
}

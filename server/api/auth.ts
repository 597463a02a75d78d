import { cache } from "react";
import { getServerSession, type NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { deviceName } from "../domain/device";
import type { SessionId, UserId } from "../domain/ids";
import { services, type Actor } from "../services/context";
import { sessionSecret } from "../services/secret";
import { actorOf, sessionSeconds, type SignedIn, signOut } from "../services/sessions";
import { signInWithLink, signInWithPassword } from "../services/sign-in";
import { mustWait, recordAttempt } from "./sign-in-limit";

declare module "next-auth" {
  interface Session {
    signedIn?: SignedIn;
  }
  interface User {
    sessionId?: SessionId;
  }
}
declare module "next-auth/jwt" {
  interface JWT {
    signedIn?: SignedIn;
  }
}

// Any host and port the site is reached at is its own: there is no address to configure
process.env.AUTH_TRUST_HOST ??= "true";

type Asked = { headers?: Record<string, unknown> } | undefined;

const deviceOf = (asked: Asked): string => deviceName(String(asked?.headers?.["user-agent"] ?? ""));

/** Signs in by `signIn("password", {email, password})` or `signIn("link", {token})`, on a POST only. */
export function authOptions(): NextAuthOptions {
  const ctx = services();
  return {
    secret: sessionSecret(ctx.folders),
    session: { strategy: "jwt", maxAge: sessionSeconds },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      CredentialsProvider({
        id: "password",
        credentials: { email: {}, password: {} },
        async authorize(given, asked) {
          const email = given?.email.trim().toLowerCase() ?? "";
          if (mustWait(email)) throw new Error("too-many-attempts");
          const password = given?.password ?? "";
          const person = await signInWithPassword(ctx, { email, password }, deviceOf(asked));
          recordAttempt(email, person !== null);
          return person;
        },
      }),
      CredentialsProvider({
        id: "link",
        credentials: { token: {} },
        authorize: (given, asked) => signInWithLink(ctx, given?.token ?? "", deviceOf(asked)),
      }),
    ],
    callbacks: {
      jwt({ token, user }) {
        // The cookie carries who and by which session; name and roles are read afresh at each request
        const signedIn = user?.sessionId
          ? { id: user.id as UserId, sessionId: user.sessionId }
          : token.signedIn;
        return { signedIn };
      },
      session: ({ session, token }) => ({ expires: session.expires, signedIn: token.signedIn }),
    },
    events: {
      async signOut({ token }) {
        if (token?.signedIn) await signOut(ctx, token.signedIn);
      },
    },
  };
}

/** Who asks, checked against the database at this request; null when nobody is signed in. */
export const getActor = cache(async (): Promise<Actor | null> => {
  const session = await getServerSession(authOptions());
  return session?.signedIn ? await actorOf(services(), session.signedIn) : null;
});

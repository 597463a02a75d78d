import { cache } from "react";
import { getServerSession, type NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import type { UserId } from "../domain/ids";
import { services, type Actor } from "../services/context";
import { sessionSecret } from "../services/secret";
import { actorOf, signInWithLink, signInWithPassword, type SignedIn } from "../services/users";
import { mustWait, recordAttempt } from "./sign-in-limit";

declare module "next-auth" {
  interface Session {
    signedIn?: SignedIn;
  }
  interface User {
    sessionVersion: number;
  }
}
declare module "next-auth/jwt" {
  interface JWT {
    signedIn?: SignedIn;
  }
}

// Any host and port the site is reached at is its own: there is no address to configure
process.env.AUTH_TRUST_HOST ??= "true";

/** Signs in by `signIn("password", {email, password})` or `signIn("link", {token})`, on a POST only. */
export function authOptions(): NextAuthOptions {
  const ctx = services();
  return {
    secret: sessionSecret(ctx.folders),
    session: { strategy: "jwt", maxAge: 30 * 24 * 60 * 60 },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      CredentialsProvider({
        id: "password",
        credentials: { email: {}, password: {} },
        async authorize(given) {
          const email = given?.email.trim().toLowerCase() ?? "";
          if (mustWait(email)) throw new Error("too-many-attempts");
          const password = given?.password ?? "";
          const person = await signInWithPassword(ctx, { email, password });
          recordAttempt(email, person !== null);
          return person;
        },
      }),
      CredentialsProvider({
        id: "link",
        credentials: { token: {} },
        authorize: (given) => signInWithLink(ctx, given?.token ?? ""),
      }),
    ],
    callbacks: {
      jwt({ token, user }) {
        // The cookie carries who and which version; name and role are read afresh at each request
        const signedIn = user
          ? { id: user.id as UserId, sessionVersion: user.sessionVersion }
          : token.signedIn;
        return { signedIn };
      },
      session: ({ session, token }) => ({ expires: session.expires, signedIn: token.signedIn }),
    },
  };
}

/** Who asks, checked against the database at this request; null when nobody is signed in. */
export const getActor = cache(async (): Promise<Actor | null> => {
  const session = await getServerSession(authOptions());
  return session?.signedIn ? await actorOf(services(), session.signedIn) : null;
});

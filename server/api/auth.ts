import { cache } from "react";
import { cookies, headers } from "next/headers";
import type { Account, NextAuthOptions, User } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { AppError } from "../domain/app-error";
import { deviceName } from "../domain/device";
import type { SessionId, UserId } from "../domain/ids";
import { services, type Actor } from "../services/context";
import { enterStudy, zEnter } from "../services/crowd";
import { signInWithIdentity } from "../services/identities";
import { sessionSecret } from "../services/secret";
import { actorOf, sessionSeconds, type SignedIn, signOut } from "../services/sessions";
import { signInWithLink, signInWithPassword } from "../services/sign-in";
import { inviteCookie } from "./invite-cookie";
import { joinRoleOf, oauthProviders } from "./providers";
import { signedInBy } from "./session-cookie";
import { passwordLimit } from "./sign-in-limit";

declare module "next-auth" {
  interface Session {
    signedIn?: SignedIn;
  }
  interface User {
    sessionId?: SessionId;
  }
  interface Profile {
    email_verified?: boolean;
  }
}
declare module "next-auth/jwt" {
  interface JWT {
    signedIn?: SignedIn;
  }
}

// Any host and port the site is reached at is its own: there is no address to configure
process.env.AUTH_TRUST_HOST ??= "true";

const device = async (): Promise<string> => deviceName((await headers()).get("user-agent"));

/**
 * Signs in by `signIn("password", {email, password})`, `signIn("link", {token})` or a configured provider, on a
 * POST only.
 */
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
        async authorize(given) {
          const email = given?.email.trim().toLowerCase() ?? "";
          if (passwordLimit.isReached(email)) throw new Error("too-many-attempts");
          const password = given?.password ?? "";
          const person = await signInWithPassword(ctx, { email, password }, await device());
          if (person) passwordLimit.forget(email);
          else passwordLimit.count(email);
          return person;
        },
      }),
      CredentialsProvider({
        id: "link",
        credentials: { token: {} },
        authorize: async (given) => signInWithLink(ctx, given?.token ?? "", await device()),
      }),
      CredentialsProvider({
        id: "crowd",
        credentials: { entry: {} },
        async authorize(given) {
          const entry = zEnter.safeParse(JSON.parse(given?.entry ?? "null"));
          if (!entry.success) return null;
          try {
            return await enterStudy(ctx, entry.data, await device());
          } catch (error) {
            // its sentence is for the worker: next-auth hands it on as the error's name
            throw error instanceof AppError ? new Error(error.code, { cause: error }) : error;
          }
        },
      }),
      ...oauthProviders(),
    ],
    callbacks: {
      async signIn({ user, account, profile }) {
        if (account?.type !== "oauth") return true;
        const verified = profile?.email_verified === true;
        return await arriveByProvider(user, account, verified);
      },
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

/** Lets in whoever comes back from a provider, or leads them to the sign-in page that says why not. */
async function arriveByProvider(
  user: User,
  { provider, providerAccountId }: Account,
  emailVerified: boolean,
): Promise<true | string> {
  const identity = {
    provider,
    subject: providerAccountId,
    name: user.name ?? "",
    email: user.email ?? null,
    emailVerified,
  };
  const jar = await cookies();
  const inviteToken = jar.get(inviteCookie)?.value ?? null;
  const actor = await getActor();
  const arrival = { device: await device(), inviteToken, actor, joinRole: joinRoleOf(provider) };
  const result = await signInWithIdentity(services(), identity, arrival);
  if ("refused" in result) return `${actor ? "/account" : "/sign-in"}?reason=${result.refused}`;
  // what becomes of the cookie is decided by jwt(), which is given this same user
  user.id = result.id;
  user.sessionId = result.sessionId;
  return true;
}

/** Who asks, checked against the database at this request; null when nobody is signed in. */
export const getActor = cache(async (): Promise<Actor | null> => {
  const jar = await cookies();
  const signedIn = await signedInBy((name) => jar.get(name)?.value);
  return signedIn && (await actorOf(services(), signedIn));
});

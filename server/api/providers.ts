import type { Profile } from "next-auth";
import GithubProvider from "next-auth/providers/github";
import GoogleProvider from "next-auth/providers/google";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { AppError } from "../domain/app-error";
import { type Role, zRole } from "../domain/roles";

/** What of a provider's claims the site reads. */
interface Claims extends Profile {
  sub: string;
  preferred_username?: string;
}

/** An account at an identity provider of one's own, found by its discovery document. */
const oidc = (issuer: string, clientId: string, clientSecret: string): OAuthConfig<Claims> => ({
  id: "oidc",
  name: process.env.OIDC_NAME || new URL(issuer).host,
  type: "oauth",
  wellKnown: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
  clientId,
  clientSecret,
  authorization: { params: { scope: "openid email profile" } },
  idToken: true,
  checks: ["pkce", "state"],
  profile: ({ sub, name, preferred_username, email }) => ({
    id: sub,
    name: name ?? preferred_username ?? "",
    email,
  }),
});

/** The providers that the environment configures, in the order in which they are offered. */
export function oauthProviders(env: NodeJS.ProcessEnv = process.env) {
  const { GITHUB_ID, GITHUB_SECRET, GOOGLE_ID, GOOGLE_SECRET } = env;
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = env;
  return [
    ...(OIDC_ISSUER && OIDC_CLIENT_ID && OIDC_CLIENT_SECRET
      ? [oidc(OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET)]
      : []),
    ...(GITHUB_ID && GITHUB_SECRET
      ? [GithubProvider({ clientId: GITHUB_ID, clientSecret: GITHUB_SECRET })]
      : []),
    ...(GOOGLE_ID && GOOGLE_SECRET
      ? [GoogleProvider({ clientId: GOOGLE_ID, clientSecret: GOOGLE_SECRET })]
      : []),
  ];
}

/** What pages show of them. */
export const offeredProviders = (): { id: string; name: string }[] =>
  oauthProviders().map(({ id, name }) => ({ id, name }));

/** What somebody unknown to us becomes who comes by the OIDC provider: OIDC_JOIN_ROLE; nothing when unset. */
export function joinRoleOf(provider: string, env: NodeJS.ProcessEnv = process.env): Role | null {
  if (provider !== "oidc" || !env.OIDC_JOIN_ROLE) return null;
  const role = zRole.safeParse(env.OIDC_JOIN_ROLE);
  if (role.success) return role.data;
  throw new AppError(
    "bad-input",
    `OIDC_JOIN_ROLE is "${env.OIDC_JOIN_ROLE}"; give one of ${zRole.options.join(", ")}.`,
  );
}

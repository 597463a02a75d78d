/** next-auth's endpoints by hand: its client would weigh as much as the whole ranking page. */
async function post(path: string, fields: Record<string, string>): Promise<Response> {
  const csrf = await fetch("/api/auth/csrf");
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  return fetch(`/api/auth/${path}`, {
    method: "POST",
    body: new URLSearchParams({ ...fields, csrfToken, json: "true", callbackUrl: "/" }),
  });
}

export type SignInResult = "ok" | "wrong" | "too-many" | "unreachable";

/** Comes in by a study's link. @returns "ok", or the code of what went wrong */
export async function enter(entry: unknown): Promise<string> {
  try {
    const response = await post("callback/crowd", { entry: JSON.stringify(entry) });
    const { url } = (await response.json()) as { url?: string };
    const error = new URL(url ?? "/", location.origin).searchParams.get("error");
    return response.ok && !error ? "ok" : (error ?? "unexpected");
  } catch {
    return "unreachable";
  }
}

/** Signs in by password or by one-time link; on "ok" the session cookie is set. */
export async function signIn(
  by: { email: string; password: string } | { token: string },
): Promise<SignInResult> {
  const provider = "token" in by ? "link" : "password";
  try {
    const response = await post(`callback/${provider}`, { ...by });
    const { url } = (await response.json()) as { url?: string };
    const error = new URL(url ?? "/", location.origin).searchParams.get("error");
    if (response.ok && !error) return "ok";
    return error === "too-many-attempts" ? "too-many" : "wrong";
  } catch {
    return "unreachable";
  }
}

/** Goes to a provider to sign in there, or to connect its account; false when the site cannot be reached. */
export async function signInAt(provider: string): Promise<boolean> {
  try {
    const response = await post(`signin/${provider}`, {});
    const { url } = (await response.json()) as { url?: string };
    if (!url) return false;
    location.assign(url);
    return true;
  } catch {
    return false;
  }
}

/** Ends the session of this browser, and says so on the sign-in page. */
export async function signOut(): Promise<void> {
  await post("signout", {});
  location.assign("/sign-in?reason=ended");
}

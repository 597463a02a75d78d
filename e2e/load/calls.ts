import { createTRPCClient, httpBatchLink, type TRPCClient, TRPCClientError } from "@trpc/client";
import superjson from "superjson";
import type { AppRouter } from "../../server/api/root";
import { Latencies } from "./figures";

export type Kind = "page" | "next" | "draft" | "submit" | "renew" | "progress";

/** What all labelers measure together. */
export class Meter {
  readonly kinds: Record<Kind, Latencies> = {
    page: new Latencies(),
    next: new Latencies(),
    draft: new Latencies(),
    submit: new Latencies(),
    renew: new Latencies(),
    progress: new Latencies(),
  };
  /** Calls that found no server, or one that had died before it answered. */
  unanswered = 0;
  /** Calls that the server answered with a no, and what it said. */
  readonly refused: string[] = [];

  /** Counts the call when it was answered, from when it was sent to when its answer is parsed. */
  async time<T>(kind: Kind, call: () => Promise<T>): Promise<T> {
    const at = performance.now();
    try {
      const answer = await call();
      this.kinds[kind].add(at, performance.now() - at);
      return answer;
    } catch (error) {
      if (isFinal(error)) this.refused.push(`${kind}: ${String(error)}`);
      else if (!/abort/i.test(String(error))) this.unanswered++; // a dying browser asks for nothing
      throw error;
    }
  }
}

/** The server answered and said no: trying again gives the same. */
export function isFinal(error: unknown): boolean {
  if (!(error instanceof TRPCClientError)) return false;
  const status = (error.data as { httpStatus?: unknown } | undefined)?.httpStatus;
  return typeof status === "number" && status < 500;
}

/** The client that the browser has (app/lib/providers.tsx), with a cookie and a way to die. */
export function clientOf(
  address: string,
  cookie: string,
  signal: AbortSignal,
): TRPCClient<AppRouter> {
  return createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: `${address}/api/trpc`,
        transformer: superjson,
        headers: { cookie },
        fetch: (url, init) => fetch(url, { ...(init as RequestInit), signal }),
      }),
    ],
  });
}

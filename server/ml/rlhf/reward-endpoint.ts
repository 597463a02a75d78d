import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import { AppError } from "../../domain/app-error";
import type { Answer, RewardSource } from "./reward-source";

export interface EndpointOptions {
  /** Milliseconds for one request; default 60,000. */
  timeout?: number;
  /** Further requests after one that failed; default 3, after 1, 2 and 4 seconds. */
  retries?: number;
  /** Milliseconds before the first of them; default 1,000. */
  pause?: number;
  /** Of each request, besides its content type: who asks. Never written down, never in a message. */
  headers?: Readonly<Record<string, string>>;
}

/** An endpoint can be tried before there is anything to reward. */
export interface EndpointReward extends RewardSource {
  /** One request for one answer. @throws AppError when it would fail in the run too */
  probe(prompt: string, signal?: AbortSignal): Promise<void>;
}

const zReply = z.looseObject({ rewards: z.array(z.unknown()) });

/**
 * Rewards by a remote endpoint, as OpenRLHF asks for them: POST {query, prompts, labels}, lists of one
 * length (query: prompt and completion together), and {rewards} back. What may pass (no connection, a
 * timeout, a status of 429 or 500 and more) is tried again; what cannot be right is refused at once.
 */
export function endpointReward(url: string, options: EndpointOptions = {}): EndpointReward {
  const { timeout = 60_000, retries = 3, pause = 1000, headers = {} } = options;
  const score: RewardSource["score"] = async (answers, signal) => {
    for (let attempt = 0; ; attempt++) {
      const result = await ask({ url, headers, timeout }, answers, signal);
      if ("rewards" in result) return result.rewards;
      if (signal?.aborted) throw new AppError("cancelled", "the run was cancelled");
      if (attempt >= retries)
        throw new AppError(
          "unavailable",
          `the reward endpoint ${url} ${result.failure}${attempt === 0 ? "" : `, ${attempt + 1} times`}; see whether it runs`,
        );
      await setTimeout(pause * 2 ** attempt, undefined, { signal }).catch(() => null);
    }
  };
  return {
    score,
    async probe(prompt, signal) {
      await score([{ prompt, completion: "", ids: [], label: null }], signal);
    },
    dispose: () => Promise.resolve(),
  };
}

type Reply = { rewards: number[] } | { failure: string };

interface Endpoint {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeout: number;
}

async function ask(
  { url, headers, timeout }: Endpoint,
  answers: readonly Answer[],
  signal: AbortSignal | undefined,
): Promise<Reply> {
  const deadline = AbortSignal.timeout(timeout);
  const body = JSON.stringify({
    query: answers.map(({ prompt, completion }) => prompt + completion),
    prompts: answers.map(({ prompt }) => prompt),
    labels: answers.map(({ label }) => label),
  });
  let text: string;
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body,
      redirect: "error", // headers that say who asks are for this address alone
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    });
    const { status } = response;
    if (status === 429 || status >= 500) return { failure: `answered with status ${status}` };
    if (!response.ok)
      throw refusal(url, `answered with status ${status}`, "see whether the address is right");
    text = await response.text();
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (deadline.aborted) return { failure: `did not answer within ${timeout / 1000} seconds` };
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { failure: `could not be reached (${cause instanceof Error ? cause.message : "?"})` };
  }
  return { rewards: rewardsOf(url, text, answers.length) };
}

function rewardsOf(url: string, text: string, count: number): number[] {
  const todo = `make it answer {"rewards": [numbers]}, one for each query`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Python writes a NaN as it is, which is no JSON
    const what = /\bNaN\b|\bInfinity\b/.test(text) ? "gave NaN or Infinity" : "gave no JSON";
    throw refusal(url, what, todo);
  }
  const parsed = zReply.safeParse(value);
  if (!parsed.success) throw refusal(url, "gave no list of rewards", todo);
  const { rewards } = parsed.data;
  if (rewards.length !== count)
    throw refusal(url, `gave ${rewards.length} rewards for ${count} queries`, todo);
  return rewards.map((reward, i) => {
    if (typeof reward !== "number" || !Number.isFinite(reward))
      throw refusal(url, `gave ${JSON.stringify(reward)} as reward ${i + 1}`, todo);
    return reward;
  });
}

const refusal = (url: string, what: string, todo: string): AppError =>
  new AppError("bad-input", `the reward endpoint ${url} ${what}; ${todo}`);

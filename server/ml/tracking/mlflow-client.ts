import { z } from "zod";

/** A request that the server understood and refused: asking again would be refused again. */
export class Refused extends Error {
  constructor(
    message: string,
    readonly code: string | undefined,
  ) {
    super(message);
  }
}

const zRefusal = z.object({ error_code: z.string(), message: z.string().default("") });

const TIMEOUT = 10_000; // milliseconds

/**
 * Calls of MLflow's REST API, `/api/2.0/mlflow/…`. Who asks is told by MLflow's own environment variables.
 * @param address its origin and path, without a slash at the end
 * @throws Refused for what cannot succeed, any other Error for what may when it is tried again
 */
export function mlflowClient(address: string, env: Readonly<NodeJS.ProcessEnv> = process.env) {
  const authorization = authorizationOf(env);
  return async function call<S extends z.ZodType>(
    method: "GET" | "POST",
    endpoint: string,
    values: Readonly<Record<string, unknown>>,
    answer: S,
  ): Promise<z.output<S>> {
    const query =
      method === "GET"
        ? `?${new URLSearchParams(values as Record<string, string>).toString()}`
        : "";
    const response = await fetch(`${address}/api/2.0/mlflow/${endpoint}${query}`, {
      method,
      headers: { "content-type": "application/json", ...(authorization && { authorization }) },
      ...(method === "POST" && { body: JSON.stringify(values) }),
      signal: AbortSignal.timeout(TIMEOUT),
    });
    const text = await response.text();
    const { status } = response;
    const json = jsonOf(text);
    if (response.ok) {
      const parsed = answer.safeParse(json);
      if (parsed.success && json !== null) return parsed.data;
      throw new Refused(`${endpoint}: what answers there is no MLflow server`, undefined);
    }
    const refusal = zRefusal.safeParse(json).data;
    const what = `${endpoint}: status ${status}${refusal ? ` ${refusal.error_code}: ${refusal.message}` : ""}`;
    // asked too often, or the server's own trouble: both pass
    if (status === 429 || status >= 500) throw new Error(what);
    throw new Refused(what, refusal?.error_code);
  };
}

export type MlflowCall = ReturnType<typeof mlflowClient>;

function authorizationOf(env: Readonly<NodeJS.ProcessEnv>): string | null {
  const { MLFLOW_TRACKING_TOKEN, MLFLOW_TRACKING_USERNAME, MLFLOW_TRACKING_PASSWORD = "" } = env;
  if (MLFLOW_TRACKING_TOKEN) return `Bearer ${MLFLOW_TRACKING_TOKEN}`;
  if (!MLFLOW_TRACKING_USERNAME) return null;
  const word = `${MLFLOW_TRACKING_USERNAME}:${MLFLOW_TRACKING_PASSWORD}`;
  return `Basic ${Buffer.from(word).toString("base64")}`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // a proxy's page
  }
}

import { services } from "../services/context";
import { getActor } from "./auth";
import type { ApiContext } from "./context";

/** What a request over HTTP works on, and who asks. */
export async function requestContext(): Promise<ApiContext> {
  return { ...services(), actor: await getActor() };
}

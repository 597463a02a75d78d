import { services } from "../services/context";
import { getActor } from "./auth";
import type { ApiContext } from "./context";
import { appRouter } from "./root";
import { createCallerFactory } from "./trpc";

const createCaller = createCallerFactory(appRouter);

export async function requestContext(): Promise<ApiContext> {
  return { ...services(), actor: await getActor() };
}

/** The same procedures for server components, without HTTP: `const api = await serverApi(); await api.campaigns.list()`. */
export const serverApi = async () => createCaller(await requestContext());

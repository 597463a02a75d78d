import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { requestContext } from "@/server/api/request-context";
import { appRouter } from "@/server/api/root";

const handle = (req: Request): Promise<Response> =>
  fetchRequestHandler({
    endpoint: "/api/trpc",
    req,
    router: appRouter,
    createContext: requestContext,
  });

export { handle as GET, handle as POST };

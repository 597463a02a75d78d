import { router } from "./trpc";

/** Every router of the site, one a noun. */
export const appRouter = router({});

export type AppRouter = typeof appRouter;

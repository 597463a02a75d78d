"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink, httpLink, splitLink } from "@trpc/client";
import { type ReactNode, useState } from "react";
import superjson from "superjson";
import type { AppRouter } from "@/server/api/root";
import { ToastProvider } from "@/app/ui/toast";
import { isFinal } from "./error-message";
import { TRPCProvider } from "./trpc";

function makeQueryClient() {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 2000,
        // a failure that says what to do is final; a lost network is tried again
        retry: (failures, error) => failures < 2 && !isFinal(error),
      },
    },
  });
}

const server = { url: "/api/trpc", transformer: superjson };

/** The clients of data and of short messages, one each a page load. */
export function Providers({ children }: { children: ReactNode }) {
  const [queryClient] = useState(makeQueryClient);
  const [trpcClient] = useState(() =>
    createTRPCClient<AppRouter>({
      links: [
        splitLink({
          // what changes something goes by itself: one that hangs is given up without the others
          condition: ({ type }) => type === "mutation",
          true: httpLink(server),
          false: httpBatchLink(server),
        }),
      ],
    }),
  );
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        <ToastProvider>{children}</ToastProvider>
      </TRPCProvider>
    </QueryClientProvider>
  );
}

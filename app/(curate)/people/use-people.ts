"use client";

import { useTRPC } from "@/app/lib/trpc";
import { useAfterChange } from "@/app/lib/use-after-change";

/** After a change to people or invitations. */
export const usePeopleChanged = () => useAfterChange(useTRPC().people.pathFilter());

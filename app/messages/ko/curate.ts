import type { curate as english } from "../en/curate";

export const curate: Record<keyof typeof english, string> = {};

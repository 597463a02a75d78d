import type { label as english } from "../en/label";

export const label: Record<keyof typeof english, string> = {};

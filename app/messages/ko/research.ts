import type { research as english } from "../en/research";

export const research: Record<keyof typeof english, string> = {};

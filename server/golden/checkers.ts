import type { JsonChecker } from "./checker";
import { templateChecker, tokenizerChecker } from "./text";

/** Every kind of vectors there is a check for; the first that knows a file's shape takes it. */
export const checkers: readonly JsonChecker[] = [tokenizerChecker, templateChecker];

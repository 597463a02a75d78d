import { fileURLToPath } from "node:url";

/** Where tables and pictures of the curves lie, in the repository. */
export const results = fileURLToPath(new URL("results", import.meta.url));

import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("../..", import.meta.url));

export default defineConfig({
  root,
  resolve: { alias: { "@": root } },
  test: {
    include: ["{app,server}/**/*.test.{ts,tsx}"],
    setupFiles: ["server/setup/vitest.setup.ts"],
    pool: "forks", // onnxruntime-node and better-sqlite3 are native: a process each
    testTimeout: 30_000,
  },
});

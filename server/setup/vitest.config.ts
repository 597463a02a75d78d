import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("../..", import.meta.url));
const integration = "{app,server}/**/*.integration.test.{ts,tsx}";

export default defineConfig({
  root,
  resolve: { alias: { "@": root } },
  test: {
    globalSetup: ["server/setup/vitest.global.ts"],
    setupFiles: ["server/setup/vitest.setup.ts"],
    env: { REVEALED_THREADS: "sleep" }, // files run beside each other
    pool: "forks", // onnxruntime-node and better-sqlite3 are native: a process each
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["{app,server}/**/*.test.{ts,tsx}"],
          exclude: [integration],
          testTimeout: 30_000,
        },
      },
      {
        // The same tests of whatever touches the database, once more in the other dialect
        extends: true,
        test: {
          name: "unit-postgresql",
          include: ["server/{db,services,jobs,api}/**/*.test.ts"],
          exclude: [integration],
          env: { DIALECT: "postgresql" },
          isolate: false, // files share a process, and its PGlite
          testTimeout: 30_000,
          hookTimeout: 60_000, // PGlite is made in a hook
        },
      },
      {
        extends: true,
        test: { name: "integration", include: [integration], testTimeout: 300_000 },
      },
    ],
  },
});

import { defineConfig } from "drizzle-kit";

const dialect = process.env.DIALECT === "postgresql" ? "postgresql" : "sqlite";

export default defineConfig({
  dialect,
  schema: [
    "./server/db/schema.ts",
    "./server/db/schema-comparison.ts",
    "./server/db/schema-given.ts",
    "./server/db/schema-people.ts",
    "./server/db/schema-quality.ts",
    "./server/db/schema-runs.ts",
    "./server/db/schema-prompts.ts",
    "./server/db/schema-guideline.ts",
    "./server/db/schema-entry.ts",
    "./server/db/schema-consent.ts",
    "./server/db/schema-tally.ts",
  ],
  out: `./server/db/migrations/${dialect}`,
});

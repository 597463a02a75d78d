export type Dialect = "sqlite" | "postgresql";

/**
 * The dialect of this process, fixed when it starts: a database address that names PostgreSQL, or DIALECT
 * (tests and the migration generator), else SQLite.
 */
export const dialect: Dialect =
  process.env.DIALECT === "postgresql" || /^postgres(ql)?:/.test(process.env.DATABASE_URL ?? "")
    ? "postgresql"
    : "sqlite";

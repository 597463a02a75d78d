/** What went wrong, in the terms of the one who asked; `api` maps it to tRPC codes, the shell to exit codes. */
export type ErrorCode =
  | "bad-input"
  | "not-found"
  | "forbidden"
  | "unauthenticated"
  | "conflict"
  | "too-many"
  | "unavailable"
  | "cancelled"
  | "internal";

/** A failure whose message says what was wrong, where, and what to do; safe to show to a person. */
export class AppError extends Error {
  override readonly name = "AppError";

  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

import { AppError } from "../domain/app-error";

/** What came of one case: a comparison of something we compute with the numbers of a reference. */
export interface Outcome {
  readonly topic: string;
  readonly name: string;
  readonly status: "passed" | "failed" | "skipped";
  /** why it failed or was skipped */
  readonly why?: string;
}

/** A case that cannot be checked by what is built so far. */
export class Skip extends Error {}

/** Collects the outcomes of one topic (a folder below the root of the vectors). */
export class Cases {
  readonly outcomes: Outcome[] = [];

  constructor(readonly topic: string) {}

  /** Runs one case; whatever it throws is its failure, a Skip its reason. */
  async check(name: string, run: () => unknown): Promise<void> {
    try {
      await run();
      this.outcomes.push({ topic: this.topic, name, status: "passed" });
    } catch (error) {
      const why = messageOf(error);
      const status = error instanceof Skip ? "skipped" : "failed";
      this.outcomes.push({ topic: this.topic, name, status, why });
    }
  }

  skip(name: string, why: string, cases = 1): void {
    for (let i = 0; i < cases; i++) {
      const numbered = cases === 1 ? name : `${name} ${i + 1}`;
      this.outcomes.push({ topic: this.topic, name: numbered, status: "skipped", why });
    }
  }

  fail(name: string, why: string): void {
    this.outcomes.push({ topic: this.topic, name, status: "failed", why });
  }
}

function messageOf(error: unknown): string {
  if (error instanceof Skip || error instanceof AppError || error instanceof Mismatch) {
    return error.message;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Two numbers (or texts) that should be the same and are not. */
export class Mismatch extends Error {}

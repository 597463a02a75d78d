import { idleBytes } from "../ml/rlhf/memory";
import { availableMemory } from "../ml/runtime/available-memory";
import type { RunRow } from "../services/run-record";

/** What a run is expected to take of the machine's memory, and what it takes. */
export class MemoryPlan {
  #estimate: number | null = null;
  /** Before the run: a worker holds more than an idle shell, and what former runs left. */
  readonly #before = process.memoryUsage.rss();
  #resident = 0;
  readonly #available = availableMemory();

  /** Hears of it from the trainer, before the first step. */
  readonly tell = (bytes: number): void => {
    this.#estimate = Math.round(bytes + Math.max(0, this.#before - idleBytes));
  };

  /** As the run's row keeps it; null before the trainer told. */
  now(): RunRow["memory"] {
    if (this.#estimate === null) return null;
    this.#resident = Math.max(this.#resident, process.memoryUsage.rss());
    return { estimate: this.#estimate, available: this.#available, resident: this.#resident };
  }
}

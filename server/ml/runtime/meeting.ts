import { AppError } from "../../domain/app-error";

const [ARRIVED, ROUND] = [0, 1];
const LOOKS = 4000; // some tens of microseconds, before a thread sleeps until it is woken
const PATIENCE = 60_000; // ms; what happens between two meetings takes a few

/**
 * Where threads wait for one another, by memory that they share: a message from thread to thread takes longer than
 * what an update does between two such points.
 */
export class Meeting {
  readonly #state: Int32Array;

  /** @param memory shared, Meeting.bytes, zeros at first @param count threads that meet */
  constructor(
    memory: SharedArrayBuffer,
    private readonly count: number,
  ) {
    this.#state = new Int32Array(memory, 0, 2);
  }

  static readonly bytes = 8;

  /** Returns when all have come. @throws AppError internal where one does not come */
  wait(): void {
    const state = this.#state;
    const round = Atomics.load(state, ROUND);
    if (Atomics.add(state, ARRIVED, 1) === this.count - 1) {
      Atomics.store(state, ARRIVED, 0);
      Atomics.add(state, ROUND, 1);
      Atomics.notify(state, ROUND);
      return;
    }
    for (let look = 0; look < LOOKS; look++) if (Atomics.load(state, ROUND) !== round) return;
    if (Atomics.wait(state, ROUND, round, PATIENCE) === "timed-out")
      throw new AppError(
        "internal",
        "a training thread no longer answers; resume from the checkpoint",
      );
  }
}

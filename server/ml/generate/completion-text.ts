import type { TextStream } from "../text/text-stream";

/** A completion's text as its tokens come, which ends before the first stop string. */
export class CompletionText {
  /** What is certain so far: the end may yet turn out to begin a stop string. */
  text = "";
  /** Whether a stop string has come. */
  stopped = false;
  #held = "";

  constructor(
    private readonly stream: TextStream,
    private readonly stops: readonly string[],
  ) {}

  /** @returns the text that became certain by this token */
  push(id: number): string {
    this.#held += this.stream.push(id);
    const found = this.stops.map((stop) => this.#held.indexOf(stop)).filter((at) => at >= 0);
    this.stopped = found.length > 0;
    return this.#give(this.stopped ? Math.min(...found) : this.#held.length - this.#begun());
  }

  /** Nothing more will come. @returns what was held back */
  end(): string {
    if (this.stopped) return "";
    this.#held += this.stream.end();
    return this.#give(this.#held.length);
  }

  #give(length: number): string {
    const certain = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    this.text += certain;
    return certain;
  }

  /** Characters at the end that a stop string may begin with. */
  #begun(): number {
    const most = Math.max(0, ...this.stops.map((stop) => stop.length - 1));
    for (let length = Math.min(most, this.#held.length); length > 0; length--) {
      const end = this.#held.slice(-length);
      if (this.stops.some((stop) => stop.startsWith(end))) return length;
    }
    return 0;
  }
}

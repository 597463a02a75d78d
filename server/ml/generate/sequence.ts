import { Random } from "../runtime/random";
import type { CompletionText } from "./completion-text";
import type { SamplingSettings } from "./sampling";

/** A request under way. */
export class Sequence {
  readonly ids: number[] = [];
  readonly logProbs: number[] = [];
  finish: "stop" | "length" = "length";
  /** text that the last token made certain */
  fresh = "";
  /** ids so far, prompt included; kept where a repetition penalty asks for it */
  readonly seen: Set<number>;
  readonly uniform: () => number;

  constructor(
    readonly prompt: readonly number[],
    /** new tokens at most */
    readonly room: number,
    readonly settings: SamplingSettings,
    seed: number,
    private readonly stopIds: ReadonlySet<number>,
    readonly text: CompletionText | null,
  ) {
    const random = new Random(seed);
    this.uniform = () => random.uniform();
    this.seen = new Set(this.#penalised ? prompt : []);
  }

  get #penalised(): boolean {
    return (this.settings.repetitionPenalty ?? 1) !== 1;
  }

  get ended(): boolean {
    return this.finish === "stop" || this.ids.length === this.room;
  }

  /** @param logProb nats */
  add(id: number, logProb: number): void {
    const { text } = this;
    this.ids.push(id);
    this.logProbs.push(logProb);
    if (this.#penalised) this.seen.add(id);
    const stops = this.stopIds.has(id);
    if (text) this.fresh = stops ? "" : text.push(id);
    if (stops || text?.stopped) this.finish = "stop";
    if (text && this.ended) this.fresh += text.end();
  }
}

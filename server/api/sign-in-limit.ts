const maxNames = 100_000;

/** Counts attempts by name within a window; by name, since an address is easily forged. Kept in this process. */
export class AttemptLimit {
  private readonly attempts = new Map<string, { count: number; until: number }>();

  constructor(
    private readonly most: number,
    private readonly windowMs: number,
  ) {}

  /** Whether so many attempts were made under this name that it must wait. */
  isReached(name: string, now = Date.now()): boolean {
    const entry = this.attempts.get(name);
    return entry !== undefined && entry.until > now && entry.count >= this.most;
  }

  count(name: string, now = Date.now()): void {
    const entry = this.attempts.get(name);
    if (entry && entry.until > now) {
      entry.count++;
      return;
    }
    this.attempts.delete(name);
    if (this.attempts.size >= maxNames) this.makeRoom(now);
    this.attempts.set(name, { count: 1, until: now + this.windowMs });
  }

  forget(name: string): void {
    this.attempts.delete(name);
  }

  /** The oldest go first: flooding the list with names does not soon free the one that is waiting. */
  private makeRoom(now: number): void {
    for (const [name, { until }] of this.attempts) {
      if (until > now && this.attempts.size < maxNames) return;
      this.attempts.delete(name);
    }
  }
}

const quarterHour = 15 * 60 * 1000;
/** Wrong passwords of one address. */
export const passwordLimit = new AttemptLimit(10, quarterHour);
/** Sign-in links asked for with one address: nobody's mailbox is flooded. */
export const linkLimit = new AttemptLimit(3, quarterHour);

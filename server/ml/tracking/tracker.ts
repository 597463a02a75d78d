/** What a run measured at one step. */
export interface Measured {
  readonly step: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/** How a run ended; "paused" goes on later. */
export type Ending = "done" | "failed" | "cancelled" | "paused";

/** Somewhere else where a run's measurements go, beside where the run itself keeps them. */
export interface Tracker {
  step(measured: Measured): Promise<void>;
  end(how: Ending): Promise<void>;
}

/** What a tracker is told of a run. */
export interface TrackedRun {
  /** How others shall call it. */
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** What else distinguishes it: its kind, its data, versions. */
  readonly about: Readonly<Record<string, string>>;
  /**
   * What it measured before it goes on, in order; null for a new run. Its trackers then hold these steps and no
   * others, each once.
   */
  readonly past: readonly Measured[] | null;
  /** Holds what must be remembered to go on. */
  readonly folder: string;
  /** Is told of what could not be written; the run goes on. */
  readonly warn: (text: string) => void;
  /** Is told that nothing is missing any more of what it was warned of. */
  readonly mended: () => void;
}

/** All of them as one. A tracker never ends a run: what goes wrong in one is told, and that one is left out. */
export function together(trackers: readonly Tracker[], warn: TrackedRun["warn"]): Tracker {
  const broken = new Set<Tracker>();
  const each = (act: (tracker: Tracker) => Promise<void>) =>
    Promise.all(
      trackers
        .filter((tracker) => !broken.has(tracker))
        .map((tracker) =>
          act(tracker).catch((error: unknown) => {
            broken.add(tracker);
            const why = error instanceof Error ? error.message : String(error);
            warn(`metrics are not written there any more: ${why}; the training goes on`);
          }),
        ),
    );
  return {
    async step(measured) {
      await each((tracker) => tracker.step(measured));
    },
    async end(how) {
      await each((tracker) => tracker.end(how));
    },
  };
}

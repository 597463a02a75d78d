/** Ctrl-C during a training: the first asks for a stop after the step at hand, the second stops at once. */
export interface Interrupt {
  readonly asked: boolean;
  /** aborted by the second Ctrl-C */
  readonly signal: AbortSignal;
  dispose(): void;
}

export function listenForInterrupt(onFirst: () => void): Interrupt {
  let times = 0;
  const controller = new AbortController();
  const listener = () => {
    times += 1;
    if (times === 1) onFirst();
    else controller.abort();
  };
  process.on("SIGINT", listener);
  process.on("SIGTERM", listener);
  return {
    get asked() {
      return times > 0;
    },
    signal: controller.signal,
    dispose() {
      process.off("SIGINT", listener);
      process.off("SIGTERM", listener);
    },
  };
}

/** Lets pending signals and timers be heard between steps that keep the thread busy. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** The command line that was given, with --resume, ready to be pasted into a shell. */
export function resumeCommand(args: readonly string[]): string {
  const withResume = args.includes("--resume") ? args : [...args, "--resume"];
  return ["npm run -s revealed --", ...withResume.map(quoted)].join(" ");
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

import { Presets, SingleBar } from "cli-progress";

export interface OutputOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** What a progress line shows; what is undefined is left out. */
export type Values = Readonly<Record<string, number | string | undefined>>;

/** What a command says: results on stdout, everything on the way on stderr. */
export interface Output {
  /** a remark on the way */
  note(text: string): void;
  /** a sentence that must be seen even with --quiet */
  warn(text: string): void;
  /** how far it is; the bar (or a line now and then) shows `values` */
  progress(done: number, total: number, values?: Values): void;
  /** the result: readable lines, or with --json the object as the last line */
  result(object: object, lines: readonly string[]): void;
  /** takes the bar away */
  close(): void;
}

const LINES = 20; // of progress in a whole run where there is no terminal

export function createOutput(options: OutputOptions): Output {
  const terminal = process.stderr.isTTY && !options.quiet;
  let bar: SingleBar | null = null;
  let shown = -1;
  const close = () => {
    bar?.stop();
    bar = null;
  };
  const say = (text: string) => {
    close();
    process.stderr.write(`${text}\n`);
  };
  return {
    note: (text) => {
      if (!options.quiet) say(text);
    },
    warn: say,
    progress: (done, total, values = {}) => {
      if (options.quiet) return;
      const text = Object.entries(values)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => `${name} ${typeof value === "number" ? short(value) : value}`)
        .join("  ");
      if (terminal) {
        if (bar === null) {
          bar = new SingleBar(
            { format: "{bar} {value}/{total}  {text}  {eta_formatted} left", hideCursor: true },
            Presets.shades_classic,
          );
          bar.start(total, done, { text });
        } else {
          bar.setTotal(total);
          bar.update(done, { text });
        }
        if (done >= total) close();
        return;
      }
      const every = Math.max(1, Math.floor(total / LINES));
      const due =
        done === total || done === 1 || Math.floor(done / every) > Math.floor(shown / every);
      if (!due || done === shown) return;
      shown = done;
      process.stderr.write(`${done}/${total}  ${text}\n`);
    },
    result: (object, lines) => {
      close();
      if (options.json) process.stdout.write(`${JSON.stringify(object)}\n`);
      else for (const line of lines) process.stdout.write(`${line}\n`);
    },
    close,
  };
}

/** A number for the eye: four digits that count. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return "0"; // also of −0
  if (Number.isInteger(value)) return value.toLocaleString("en-US");
  const size = Math.abs(value);
  return size >= 1000 || size < 0.001 ? value.toExponential(2) : value.toPrecision(4);
}

/** 83.2 → "1 min 23 s" */
export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

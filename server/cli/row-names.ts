import { AppError } from "../domain/app-error";

/** A file whose rows a trainer counts from 1, and the line that each is on. */
export interface NumberedFile {
  readonly file: string;
  readonly lines: readonly number[];
}

/**
 * Runs what names rows by their number ("ranking 3: …") and names them by file and line instead.
 * @param files by the word that stands before the number
 */
export async function namingRows<T>(
  files: Readonly<Record<string, NumberedFile>>,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError(error.code, inFiles(error.message, files), { cause: error });
  }
}

/** The same for a stream. */
export async function* namingRowsOf<T>(
  files: Readonly<Record<string, NumberedFile>>,
  items: AsyncGenerator<T, void>,
): AsyncGenerator<T, void> {
  while (true) {
    const next = await namingRows(files, () => items.next());
    if (next.done) return;
    yield next.value;
  }
}

export function inFiles(message: string, files: Readonly<Record<string, NumberedFile>>): string {
  const found = /^(\D+?) (\d+): (.*)$/s.exec(message);
  const numbered = found === null ? undefined : files[found[1]];
  const line = numbered?.lines[Number(found?.[2]) - 1];
  return line === undefined ? message : `${numbered!.file}, line ${line}: ${found![3]}`;
}

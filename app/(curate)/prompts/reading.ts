import { pieceLength, pieceLines } from "@/server/domain/prompts/import";
import { promptFormatOf, promptReader } from "@/server/domain/prompts/reader";
import { isBad, type ReadLine } from "@/server/domain/prompts/row";

/** Prompts to be read: a file, or what was pasted. */
export interface PromptSource {
  name: string;
  blob: Blob;
}

interface Reading {
  /** Called with one piece after the other, each when the one before is taken. */
  send: (piece: number, lines: ReadLine[], last: boolean) => Promise<void>;
  /** 0 to 1, of the bytes. */
  progress: (share: number) => void;
  signal: AbortSignal;
}

/**
 * Reads a file of any size in pieces, never the whole at once.
 * @throws TypeError where its bytes are not UTF-8, or not packed as the name says
 */
export async function readPrompts({ name, blob }: PromptSource, reading: Reading): Promise<void> {
  const texts = textsOf({ name, blob }, reading).getReader();
  let waiting: ReadLine[] = [];
  let piece = 0;
  const sendWhole = async () => {
    for (;;) {
      const size = pieceSize(waiting);
      if (size === null) return;
      reading.signal.throwIfAborted();
      await reading.send(piece++, waiting.slice(0, size), false);
      waiting = waiting.slice(size);
    }
  };
  let first = await texts.read();
  const reader = promptReader(promptFormatOf(first.value ?? "", name));
  while (!first.done) {
    waiting.push(...reader.push(first.value));
    await sendWhole();
    first = await texts.read();
  }
  waiting.push(...reader.end());
  await sendWhole();
  reading.signal.throwIfAborted();
  await reading.send(piece, waiting, true);
}

/** How many of these lines make a piece; null while there are too few. */
function pieceSize(lines: readonly ReadLine[]): number | null {
  let length = 0;
  for (const [i, line] of lines.entries()) {
    if (!isBad(line)) for (const { text } of [line, ...(line.answers ?? [])]) length += text.length;
    if (i + 1 === pieceLines || length >= pieceLength) return i + 1;
  }
  return null;
}

function textsOf({ name, blob }: PromptSource, reading: Reading): ReadableStream<string> {
  let read = 0;
  const counted = new TransformStream<BufferSource, BufferSource>({
    transform(chunk, controller) {
      read += chunk.byteLength;
      reading.progress(read / (blob.size || 1));
      controller.enqueue(chunk);
    },
  });
  const bytes = blob.stream().pipeThrough(counted);
  const plain = name.endsWith(".gz") ? bytes.pipeThrough(new DecompressionStream("gzip")) : bytes;
  return plain.pipeThrough(new TextDecoderStream("utf-8", { fatal: true }));
}

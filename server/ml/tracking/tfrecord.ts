import { maskedCrc32c } from "./crc32c";

const HEAD = 12; // bytes of length (u64) and its CRC
const TAIL = 4; // of the data's CRC

/** A record as TensorFlow frames it: u64 length, its masked CRC-32C, the data, its masked CRC-32C; little-endian. */
export function frameRecord(data: Uint8Array): Buffer {
  const record = Buffer.alloc(HEAD + data.length + TAIL);
  record.writeBigUInt64LE(BigInt(data.length), 0);
  record.writeUInt32LE(maskedCrc32c(record.subarray(0, 8)), 8);
  record.set(data, HEAD);
  record.writeUInt32LE(maskedCrc32c(data), HEAD + data.length);
  return record;
}

/** The records of a file with the place where each ends, up to the first that is torn or damaged. */
export function* readRecords(file: Buffer): Generator<{ data: Buffer; end: number }> {
  for (let at = 0; at + HEAD <= file.length;) {
    const length = Number(file.readBigUInt64LE(at));
    if (file.readUInt32LE(at + 8) !== maskedCrc32c(file.subarray(at, at + 8))) return;
    const end = at + HEAD + length + TAIL;
    if (end > file.length) return;
    const data = file.subarray(at + HEAD, at + HEAD + length);
    if (file.readUInt32LE(end - TAIL) !== maskedCrc32c(data)) return;
    yield { data, end };
    at = end;
  }
}

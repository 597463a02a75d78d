import type { Measured } from "./tracker";

/** Protocol buffers' wire types. */
const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

/** Fields of TensorFlow's Event, Summary and Summary.Value. */
const event = { wallTime: 1, step: 2, fileVersion: 3, summary: 5 } as const;
const summary = { value: 1 } as const;
const value = { tag: 1, simpleValue: 2 } as const;

/** What every event file begins with. @param seconds since 1970 */
export function versionEvent(seconds: number): Buffer {
  return Buffer.concat([
    double(event.wallTime, seconds),
    bytes(event.fileVersion, Buffer.from("brain.Event:2")),
  ]);
}

/** The scalars of one step, in fp32 as the format has them. @param seconds since 1970 */
export function scalarsEvent({ step, metrics }: Measured, seconds: number): Buffer {
  const values = Object.entries(metrics).map(([tag, number]) =>
    bytes(
      summary.value,
      Buffer.concat([bytes(value.tag, Buffer.from(tag)), float(value.simpleValue, number)]),
    ),
  );
  return Buffer.concat([
    double(event.wallTime, seconds),
    key(event.step, VARINT),
    varint(step),
    bytes(event.summary, Buffer.concat(values)),
  ]);
}

/** The step of an event; 0 where it names none. @param data written by this module */
export function stepOf(data: Buffer): number {
  const at = 9; // the time stands first: one byte of key, eight of number
  if (data[at] !== ((event.step << 3) | VARINT)) return 0;
  let step = 0;
  for (let place = at + 1, scale = 1; ; place++, scale *= 128) {
    step += (data[place] & 127) * scale;
    if (data[place] < 128) return step;
  }
}

/** Seven bits a byte, the least first; the eighth says that more follow. */
function varint(number: number): Buffer {
  const digits: number[] = [];
  let rest = number;
  for (; rest >= 128; rest = Math.floor(rest / 128)) digits.push((rest % 128) | 128);
  return Buffer.from([...digits, rest]);
}

const key = (field: number, wireType: number): Buffer => varint((field << 3) | wireType);

function bytes(field: number, content: Buffer): Buffer {
  return Buffer.concat([key(field, BYTES), varint(content.length), content]);
}

function double(field: number, number: number): Buffer {
  const content = Buffer.alloc(8);
  content.writeDoubleLE(number);
  return Buffer.concat([key(field, FIXED64), content]);
}

function float(field: number, number: number): Buffer {
  const content = Buffer.alloc(4);
  content.writeFloatLE(number);
  return Buffer.concat([key(field, FIXED32), content]);
}

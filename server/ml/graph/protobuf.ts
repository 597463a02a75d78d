/** Writes protocol-buffer messages: as much of the wire format as ONNX needs. */
export class Message {
  #parts: Uint8Array[] = [];
  #size = 0;

  int(field: number, value: number | bigint): this {
    return this.#push(varint(field << 3), varint(value));
  }

  float(field: number, value: number): this {
    const bytes = new Uint8Array(new Float32Array([value]).buffer);
    return this.#push(varint((field << 3) | 5), bytes);
  }

  bytes(field: number, value: Uint8Array): this {
    return this.#push(varint((field << 3) | 2), varint(value.byteLength), value);
  }

  text(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  message(field: number, value: Message): this {
    this.#push(varint((field << 3) | 2), varint(value.#size));
    for (const part of value.#parts) this.#push(part);
    return this;
  }

  finish(): Uint8Array {
    const all = new Uint8Array(this.#size);
    let at = 0;
    for (const part of this.#parts) {
      all.set(part, at);
      at += part.byteLength;
    }
    return all;
  }

  #push(...parts: Uint8Array[]): this {
    for (const part of parts) {
      this.#parts.push(part);
      this.#size += part.byteLength;
    }
    return this;
  }
}

function varint(value: number | bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}

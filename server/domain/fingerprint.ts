const [firstSeed, secondSeed] = [0xdeadbeef, 0x41c6ce57];

/**
 * A short name of a text, the same in the browser and on the server: whether two texts are one, told without sending
 * either (cyrb53, 53 bits). It keeps nobody from forging; it keeps two tabs from overwriting each other.
 */
export function fingerprint(text: string): string {
  let [a, b] = [firstSeed, secondSeed];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fingerprint } from "./fingerprint";

const numbers = fc.array(fc.float({ noNaN: true }), { minLength: 1, maxLength: 23 });

test("any number that changes is seen, its sign too", () => {
  fc.assert(
    fc.property(numbers, fc.nat(), (values, place) => {
      const data = Float32Array.from(values);
      const before = fingerprint([data]);
      expect(fingerprint([data.slice()])).toBe(before);
      data[place % data.length] *= -1; // 0 becomes −0
      expect(fingerprint([data])).not.toBe(before);
    }),
  );
});

test("changes that would undo each other are seen", () => {
  const data = new Float32Array(64).fill(0.5);
  const before = fingerprint([data]);
  for (let distance = 1; distance < 64; distance++) {
    data[0] = data[distance] = -0.5;
    expect(fingerprint([data])).not.toBe(before);
    data[0] = data[distance] = 0.5;
  }
});

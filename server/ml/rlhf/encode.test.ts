import { expect, it } from "vitest";
import { encodePrompts } from "./encode";
import { tinyModel } from "./testing";

/** A tokenizer that answers with given ids. */
function stub(rows: number[][], bosId: number | null, eosId: number | null) {
  const model = tinyModel();
  const tokenizer = Object.create(model.tokenizer, {
    encodeAll: { value: () => Promise.resolve(rows) },
    bosId: { value: bosId },
    eosId: { value: eosId },
  }) as typeof model.tokenizer;
  return { ...model, tokenizer };
}

const texts = ["", ""];

it("keeps one bos where template and post-processor both wrote it", async () => {
  const model = stub(
    [
      [1, 1, 5],
      [1, 5, 1],
    ],
    1,
    2,
  );
  expect(await encodePrompts(model, texts)).toEqual([
    [1, 5],
    [1, 5, 1],
  ]);
});

it("takes the eos off the end, but never the only token, which may be a bos of the same id", async () => {
  expect(await encodePrompts(stub([[5, 6, 2], [2]], null, 2), texts)).toEqual([[5, 6], [2]]);
  expect(
    await encodePrompts(
      stub(
        [
          [2, 2],
          [2, 5],
        ],
        2,
        2,
      ),
      texts,
    ),
  ).toEqual([[2], [2, 5]]);
});

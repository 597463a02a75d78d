import { describe, expect, it } from "vitest";
import { copyModel } from "../nn/lora";
import { trainSft } from "./sft";
import { collect, tinyModel } from "./testing";

const data = Array.from("abcdefgh", (letter) => ({ prompt: `${letter} h`, completion: letter }));
const options = { batchSize: 4, epochs: 4, learningRate: 2e-2, warmup: 0.1, seed: 3 };

describe("frozen weights", () => {
  const movedNames = async (frozen: object): Promise<string[]> => {
    const model = tinyModel({ tied: false });
    const before = copyModel(model);
    await collect(trainSft(model, data, { ...options, ...frozen }), 3);
    return [...model.weights.keys()].filter((name) =>
      model.weights.get(name)!.data.some((x, i) => x !== before.weights.get(name)!.data[i]),
    );
  };

  it("are the embedding and the first blocks", async () => {
    const names = await movedNames({ freezeLayers: 1 });
    expect(names.some((name) => /\.h\.0\.|wte|wpe/.test(name))).toBe(false);
    expect(names).toEqual(
      expect.arrayContaining(["transformer.h.1.mlp.c_fc.weight", "lm_head.weight"]),
    );
  });

  it("are named by patterns", async () => {
    const names = await movedNames({
      frozen: "*.ln_*, *.bias, transformer.w*",
    });
    expect(names.some((name) => /ln_|bias|wte|wpe/.test(name))).toBe(false);
    expect(names).toContain("transformer.h.0.mlp.c_fc.weight");
  });

  it.each([
    [{ freezeLayers: 3 }, "the model has 2 blocks"],
    [{ frozen: "*.q_proj.*" }, 'frozen names "*.q_proj.*", which is no weight'],
    [{ frozen: "*" }, "every weight is frozen"],
  ])("that cannot be are refused: %j", async (frozen, message) => {
    await expect(movedNames(frozen)).rejects.toThrow(message);
  });
});

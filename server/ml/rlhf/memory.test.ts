import { describe, expect, it } from "vitest";
import { generationBytes, requireMemory, trainingBytes } from "./memory";
import { tinyModel } from "./testing";

const { config } = tinyModel({ width: 64, headDim: 32, ffn: 256, layers: 4, context: 512 });
const reward = { ...config, head: "score" as const };
const shape = { learners: [config], rows: 16, length: 512, tokensPerPass: 16_384 };

describe("trainingBytes", () => {
  it("grows with rows, more than twice with length, and by 4 numbers a parameter", () => {
    const of = (rows: number, length: number) => trainingBytes({ ...shape, rows, length });
    const [one, two, four] = [of(4, 128), of(8, 128), of(16, 128)];
    expect((four - two) / (two - one)).toBeCloseTo(2, 1);
    expect(of(4, 512) - of(4, 256)).toBeGreaterThan(2 * (of(4, 256) - of(4, 128)));
    expect(trainingBytes({ ...shape, readers: [config] })).toBeGreaterThan(trainingBytes(shape));
  });

  it("of smaller passes is less, though gradients are then summed beside them", () => {
    const cut = trainingBytes({ ...shape, tokensPerPass: 2048 });
    expect(cut).toBeLessThan(trainingBytes(shape) / 2);
  });

  it("keeps a ranking's completions together, and needs no logits for scores", () => {
    const together = { ...shape, learners: [reward], together: 8, tokensPerPass: 512 };
    expect(trainingBytes(together)).toBeGreaterThan(trainingBytes({ ...together, together: 1 }));
    const wide = { ...config, vocab: 50_000 };
    const head = { ...wide, head: "score" as const };
    expect(trainingBytes({ ...shape, learners: [wide] })).toBeGreaterThan(
      5 * trainingBytes({ ...shape, learners: [head] }),
    );
  });
});

describe("text beside responses (PPO-ptx)", () => {
  const beside = { rows: 16, length: 512 };

  it("takes as much again as the same rows of responses, and less in smaller passes", () => {
    const activations = trainingBytes(shape) - trainingBytes({ ...shape, rows: 1, length: 2 });
    const more = trainingBytes({ ...shape, beside }) - trainingBytes(shape);
    expect(more / activations).toBeGreaterThan(0.7);
    expect(more / activations).toBeLessThan(1.3);
    const small = { ...shape, tokensPerPass: 2048 };
    expect(trainingBytes({ ...small, beside }) - trainingBytes(small)).toBeLessThan(more / 2);
  });

  it("is read by the policy alone, not by the value network", () => {
    const both = { ...shape, learners: [config, reward] };
    const more = trainingBytes({ ...shape, beside }) - trainingBytes(shape);
    expect(trainingBytes({ ...both, beside }) - trainingBytes(both)).toBeCloseTo(more, -6);
  });
});

describe("generationBytes", () => {
  it("holds the cache", () => {
    const cache = 2 * 4 * config.layers * config.width * 512; // a row's keys and values
    const [one, many] = [generationBytes(config, 64, 512), generationBytes(config, 128, 512)];
    expect(many - one).toBeGreaterThan(64 * cache);
  });
});

describe("requireMemory", () => {
  const needed = trainingBytes(shape);

  it("lets pass what fits", () => {
    expect(() => requireMemory("SFT", shape, needed)).not.toThrow();
  });

  it("says what would fit: smaller passes, whose estimate does", () => {
    const attempt = () => requireMemory("SFT", shape, needed / 2);
    expect(attempt).toThrow(
      /SFT with 16 rows of up to 512 tokens .* needs about .* tokensPerPass \d+/,
    );
    const tokensPerPass = Number(/tokensPerPass (\d+)/.exec(messageOf(attempt))![1]);
    expect(trainingBytes({ ...shape, tokensPerPass })).toBeLessThanOrEqual(needed / 2);
  });

  it("goes on to recomputation, then to shorter rows, and says when nothing helps", () => {
    const one = trainingBytes({ ...shape, rows: 1 });
    expect(messageOf(() => requireMemory("SFT", shape, one - 1e6))).toMatch(
      /recompute true and tokensPerPass 512/,
    );
    const frugal = trainingBytes({ ...shape, rows: 1, recompute: true });
    expect(frugal).toBeLessThan(one);
    expect(messageOf(() => requireMemory("SFT", shape, frugal - 1e6))).toMatch(/maxLength 256/);
    expect(messageOf(() => requireMemory("SFT", shape, 1e6))).toMatch(/a smaller model/);
  });
});

function messageOf(f: () => void): string {
  try {
    f();
  } catch (error) {
    return String(error);
  }
  return "";
}

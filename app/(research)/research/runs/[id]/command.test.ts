import { expect, test } from "vitest";
import { zModelId } from "@/server/domain/ids";
import { commandOf } from "./command";

const model = (path: string) => ({
  id: zModelId.parse(path),
  name: "m",
  kind: "policy" as const,
  path,
  hash: "h",
  exact: null,
  parameters: 1000,
});

test("a PPO run is repeated with its models, prompts, options and seed", () => {
  const { text, files } = commandOf({
    kind: "ppo",
    config: { seed: 3, beta: 0.05 },
    seed: 7,
    model: model("/data/my models/it's"),
    rewardModel: model("/data/rm"),
    referenceModel: model("/data/sft"),
    snapshotCounts: null,
  });
  expect(text).toBe(
    [
      "cat > options.json <<'JSON'",
      "{",
      '  "beta": 0.05',
      "}",
      "JSON",
      "npm run -s revealed -- train ppo \\",
      "  --model '/data/my models/it'\\''s' \\",
      "  --reward /data/rm \\",
      "  --prompts prompts-train.jsonl \\",
      "  --reference /data/sft \\",
      "  --config options.json \\",
      "  --seed 7 \\",
      "  --out ppo-again",
    ].join("\n"),
  );
  expect(files).toEqual([{ name: "prompts-train.jsonl", split: "train" }]);
});

test("options that the trainer takes by itself are left out", () => {
  const option = { meaning: "", source: "", type: "number", nullable: false } as const;
  const run = {
    kind: "sft" as const,
    config: { epochs: 1, batchSize: 64 },
    seed: 0,
    model: model("/m"),
    rewardModel: null,
    referenceModel: null,
    snapshotCounts: null,
  };
  const options = [
    { ...option, name: "epochs", default: 1 },
    { ...option, name: "batchSize", default: 32 },
  ];
  expect(commandOf(run, options).text).toContain('{\n  "batchSize": 64\n}');
});

test("a reward run without options and held-out rankings needs one file", () => {
  const { text, files } = commandOf({
    kind: "reward",
    config: {},
    seed: 0,
    model: model("/m"),
    rewardModel: null,
    referenceModel: null,
    snapshotCounts: null,
  });
  expect(text).not.toContain("options.json");
  expect(text).not.toContain("--eval");
  expect(files).toHaveLength(1);
});

test("a run by adapters is repeated with its rank, and as a whole model; DPO learns from rankings", () => {
  const { text, files } = commandOf({
    kind: "dpo",
    config: { loraRank: 8, beta: 0.1 },
    seed: 2,
    model: model("/m"),
    rewardModel: null,
    referenceModel: model("/m"),
    snapshotCounts: null,
  });
  expect(text).toContain('"loraRank": 8');
  expect(text).toContain("train dpo \\\n  --model /m \\\n  --data rankings-train.jsonl");
  expect(text).toContain("--lora-merge");
  expect(text).not.toContain("--reference");
  expect(files).toEqual([{ name: "rankings-train.jsonl", split: "train" }]);
});

test("RLOO and GRPO are repeated as PPO is", () => {
  const run = {
    config: {},
    seed: 0,
    model: model("/m"),
    rewardModel: model("/rm"),
    referenceModel: model("/sft"),
    snapshotCounts: null,
  };
  for (const kind of ["rloo", "grpo"] as const) {
    const { text } = commandOf({ ...run, kind });
    expect(text).toContain(`train ${kind}`);
    expect(text).toContain("--reward /rm");
    expect(text).toContain("--reference /sft");
    expect(text).not.toContain("--lora-merge");
  }
});

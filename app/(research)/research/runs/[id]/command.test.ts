import { expect, test } from "vitest";
import { zModelId } from "@/server/domain/ids";
import { zRewardSource } from "@/server/domain/reward-source";
import { commandOf, isBeyondShell } from "./command";

const model = (path: string) => ({
  id: zModelId.parse(path),
  name: "m",
  kind: "policy" as const,
  path,
  hash: "h",
  exact: null,
  parameters: 1000,
  members: null,
});

const nothing = {
  reward: null,
  rewardModels: [],
  ptx: null,
  hasReferences: false,
  dropIns: { programs: "/data/programs", texts: "/data/texts" },
};
const rewardedBy = (path: string) => {
  const judge = model(path);
  const parts = [{ kind: "models", modelIds: [judge.id] }];
  return { ...nothing, reward: zRewardSource.parse({ parts }), rewardModels: [judge] };
};

test("a PPO run is repeated with its models, prompts, options and seed", () => {
  const { text, files } = commandOf({
    kind: "ppo",
    config: { seed: 3, beta: 0.05 },
    seed: 7,
    model: model("/data/my models/it's"),
    ...rewardedBy("/data/rm"),
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

test("a reward run whose zero demonstrations set is told them", () => {
  const run = { ...nothing, kind: "reward", config: {}, seed: 1, model: model("/m") } as const;
  const { text, files } = commandOf({
    ...run,
    hasReferences: true,
    referenceModel: null,
    snapshotCounts: null,
  });
  expect(text).toContain("--references references.jsonl");
  expect(files).toContainEqual({ name: "references.jsonl", split: "references" });
});

test("options that the trainer takes by itself are left out", () => {
  const option = { meaning: "", source: "", type: "number", nullable: false } as const;
  const run = {
    kind: "sft" as const,
    config: { epochs: 1, batchSize: 64 },
    seed: 0,
    model: model("/m"),
    ...nothing,
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
    ...nothing,
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
    ...nothing,
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
    ...rewardedBy("/rm"),
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

test("a weighted sum, an ensemble's rule and the texts of PPO-ptx are said; secrets are not", () => {
  const judge = model("/rm");
  const run = {
    kind: "ppo" as const,
    config: { ptxCoefficient: 27.8 },
    seed: 0,
    model: model("/m"),
    referenceModel: null,
    snapshotCounts: null,
    ...nothing,
    rewardModels: [judge],
    reward: zRewardSource.parse({
      parts: [
        { kind: "models", modelIds: [judge.id], combine: "uwo", lambda: 0.2 },
        { kind: "program", file: "check.js", weight: 0.5 },
        { kind: "endpoint", url: "http://localhost:1/r", headers: ["authorization"] },
      ],
    }),
    ptx: { kind: "file" as const, file: "books.jsonl" },
  };
  const { text } = commandOf(run);
  expect(text).toContain("--reward /rm \\\n");
  expect(text).toContain("--combine uwo --uwo-lambda 0.2");
  expect(text).toContain("--reward '0.5*/data/programs/check.js'");
  expect(text).toContain(
    "--reward-timeout 60 --reward-retries 3 --reward-headers reward-headers.json",
  );
  expect(isBeyondShell(run)).toBe(false);
  expect(text).toContain("--ptx /data/texts/books.jsonl");
});

test("a sum whose parts are asked in different ways is beyond the shell, and twice the same part is said twice", () => {
  const judge = { ...model("/rm"), members: 3 };
  const ofParts = (parts: object[]) => ({
    ...nothing,
    referenceModel: null,
    snapshotCounts: null,
    kind: "ppo" as const,
    config: {},
    seed: 0,
    model: model("/m"),
    rewardModels: [judge],
    reward: zRewardSource.parse({ parts }),
  });
  const two = { kind: "models", modelIds: [judge.id] };
  const url = { kind: "endpoint", url: "http://localhost:1/r" };
  expect(isBeyondShell(ofParts([{ ...two, combine: "wco" }, two]))).toBe(true);
  expect(isBeyondShell(ofParts([url, { ...url, timeout: 5 }]))).toBe(true);
  expect(isBeyondShell(ofParts([two, url, { kind: "program", file: "a.js" }]))).toBe(false);
  expect(commandOf(ofParts([url, url])).text.match(/--reward http/g)).toHaveLength(2);
});

test("an ensemble is repeated by its members", () => {
  const run = {
    ...nothing,
    kind: "reward" as const,
    config: { members: 3, folds: true },
    seed: 0,
    model: model("/m"),
    referenceModel: null,
    snapshotCounts: null,
  };
  const { text } = commandOf(run);
  expect(text).toContain("--members 3 \\\n  --folds");
  expect(text).not.toContain("options.json");
});

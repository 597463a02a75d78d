import { expect, test } from "vitest";
import { best, chooseProvider, judge } from "./provider";
import { notInBuild, whyNot } from "./provider-advice";
import { complaint, type Trial } from "./provider-trial";

const trial = (ms: number, losses = [5.5, 5.1, 4.8]): Trial => ({ ms, losses, lacks: [] });

test("auto takes the quickest that gives the processor's losses", () => {
  const reference = trial(9);
  const cpu = judge("cpu", reference, null);
  const quick = judge("webgpu", trial(3, [5.5001, 5.1, 4.8]), reference.losses);
  const wrong = judge("cuda", trial(1, [5.5, 5.2, 4.8]), reference.losses);
  const absent = judge("dml", "no device", reference.losses);
  expect([quick.usable, wrong.usable, absent.usable]).toEqual([true, false, false]);
  expect(wrong.why).toContain("loss 5.2 at step 2, the processor's is 5.1");
  expect(best([cpu, quick, wrong, absent])).toBe("webgpu");
  expect(best([cpu, wrong, absent])).toBe("cpu");
  expect(best([cpu, judge("webgpu", trial(10), reference.losses)])).toBe("cpu");
});

test("a loss that is no number is wrong, on the processor too", () => {
  expect(judge("cpu", trial(1, [5.5, Number.NaN]), null).usable).toBe(false);
  expect(judge("webgpu", trial(1, [Number.NaN, 5.1]), [5.5, 5.1]).usable).toBe(false);
});

test("the processor is chosen without a trial", async () => {
  const said: string[] = [];
  expect(await chooseProvider("cpu", { warn: (text) => said.push(text) })).toBe("cpu");
  expect(said).toEqual([]);
});

test.runIf(process.platform === "linux")(
  "a provider of other systems says whose it is",
  async () => {
    const chosen = chooseProvider("coreml", { warn: () => {} });
    await expect(chosen).rejects.toThrow(
      /--ep coreml is not in this build of ONNX Runtime \(.* macOS .*\); it has cpu/,
    );
    expect(notInBuild("dml")).toContain("Windows");
  },
);

test("what is missing comes with how to install it", () => {
  expect(whyNot("cuda", "Cuda: Failed to load shared library")).toContain(
    "ONNXRUNTIME_NODE_INSTALL=true npm rebuild onnxruntime-node",
  );
  expect(whyNot("cuda", "libcudnn.so.9: cannot open shared object file")).toMatch(
    /libcudnn.so.9 is missing: install CUDA 12 and cuDNN 9/,
  );
  expect(whyNot("webgpu", "Failed to get a WebGPU adapter: No supported adapters")).toMatch(
    /driver/,
  );
  expect(whyNot("dml", "something else")).toBe("something else");
});

test("a child's last words, without our frame", () => {
  const said =
    "warning: x\nrevealed: this is a fault of revealed, not yours: no adapter (REVEALED_DEBUG=1 shows where).\n";
  expect(complaint(said, null)).toBe("no adapter");
  expect(complaint("", null)).toBe("it ended without a word");
  expect(complaint("terminate called", "SIGABRT")).toBe("it crashed (SIGABRT): terminate called");
  expect(complaint("", "SIGKILL")).toContain("too slow to be of use");
});

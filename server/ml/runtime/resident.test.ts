import { describe, expect, test } from "vitest";

import { square, sub } from "../graph/ops/elementwise";
import { linear } from "../graph/ops/matmul";
import { sum } from "../graph/ops/reduce";
import type { Weights } from "../graph/parameters";
import { float32 } from "./feeds";
import { lackingOps } from "./lacking";
import { download, evict, forgetOnDevice, keepsOnDevice, onDevice } from "./resident";
import { listProviders } from "./session";
import { randomValue } from "./testing";
import { compileTraining } from "./training";
import { Graph } from "../graph/tensor";
import { fusedMatmul } from "../graph/ops/matmul";

const weights = (): Weights => new Map([["w", randomValue([3, 2], "w")]]);

function fit(provider: string, start: Weights) {
  return compileTraining({
    provider,
    weights: start,
    inputs: { x: float32("n", 3) },
    build: ({ inputs, params }) => ({
      loss: sum(square(sub(linear(inputs.x, params.get("w")), 1))),
    }),
  });
}

test("the processor's arrays are its buffers: nothing to bring back", async () => {
  expect(await keepsOnDevice("cpu")).toBe(false);
  expect(await keepsOnDevice(undefined)).toBe(false);
  const start = weights();
  await download(start.values());
  expect(start).toEqual(weights());
});

// where a GPU is: the runtime finds none on most test machines
const usable = listProviders().includes("webgpu") && (await keepsOnDevice("webgpu"));

describe.runIf(usable)("on WebGPU", () => {
  test("weights stay on the device until they are asked for, and are the processor's", async () => {
    const [host, device] = [weights(), weights()];
    const trainers = [fit("cpu", host), fit("webgpu", device)];
    for (let i = 0; i < 3; i++)
      for (const trainer of trainers)
        await trainer.step({ x: randomValue([4, 3], `step ${i}`) }, { lr: 0.05 });
    expect(device).toEqual(weights());
    await download(device.values());
    expect(device.get("w")!.data).toBeAllclose(host.get("w")!.data, { rtol: 1e-4 });
    for (const trainer of trainers) await trainer.dispose();
  });

  test("accumulated passes start from nothing at each update", async () => {
    const [host, device] = [weights(), weights()];
    for (const trainer of [fit("cpu", host), fit("webgpu", device)]) {
      for (let i = 0; i < 2; i++) {
        await trainer.accumulate({ x: randomValue([2, 3], `a ${i}`) });
        await trainer.accumulate({ x: randomValue([2, 3], `b ${i}`) });
        await trainer.apply({ lr: 0.05 });
      }
      await trainer.dispose(); // brings the arrays up to date
    }
    expect(device.get("w")!.data).toBeAllclose(host.get("w")!.data, { rtol: 1e-4 });
  });

  test("what was written to an array is taken after forgetting", async () => {
    const weight = { shape: [2], data: Float32Array.of(1, 2) };
    await onDevice(weight);
    weight.data.fill(7);
    forgetOnDevice([weight]);
    const [tensor, again] = [await onDevice(weight), await onDevice(weight)];
    expect(again).toBe(tensor);
    expect(tensor.location).toBe("gpu-buffer");
    await evict([weight]);
    expect([...weight.data]).toEqual([7, 7]);
  });

  test("an operator without a kernel is named, others are not", async () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [2, 2]);
    const [sign] = graph.emit("Sign", [x], {}, { dtype: "float32", shape: [2, 2] });
    expect(await lackingOps([sub(sign, 1)], "webgpu")).toEqual(["Sign"]);
    expect(await lackingOps([fusedMatmul(x, x, { transB: 1 })], "webgpu")).toEqual([]);
  });
});

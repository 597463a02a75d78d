/** What is known of a provider that does not run here, by name and system. */

/** Systems whose package of ONNX Runtime has the provider. */
const homes: Record<string, string> = {
  webgpu: "Linux (x64), Windows and macOS (Apple silicon)",
  cuda: "Linux (x64)",
  coreml: "macOS (Apple silicon)",
  dml: "Windows",
};

/** Why a provider that the build lacks is not there. */
export function notInBuild(provider: string): string {
  return `ONNX Runtime has it on ${homes[provider] ?? "other systems"} only`;
}

/** A failed trial in words that say what to install, where that is known. */
export function whyNot(provider: string, complaint: string): string {
  if (provider === "cuda" && /shared (library|object)|libonnxruntime_providers/i.test(complaint)) {
    const missing = /(lib(?:cudnn|cublas|cudart|cufft|curand)[\w.]*): cannot open/.exec(complaint);
    return missing
      ? `${missing[1]} is missing: install CUDA 12 and cuDNN 9 from NVIDIA, or add their folder to LD_LIBRARY_PATH`
      : "its libraries are not installed: run `ONNXRUNTIME_NODE_INSTALL=true npm rebuild onnxruntime-node` (some 400 MB; needs an NVIDIA driver, CUDA 12 and cuDNN 9)";
  }
  if (provider === "webgpu" && /No supported adapters|adapter/i.test(complaint))
    return process.platform === "linux"
      ? "no Vulkan driver offers a GPU: install the card's own (NVIDIA's driver, or mesa-vulkan-drivers for AMD and Intel)"
      : "no GPU adapter was found: update the graphics driver";
  return complaint;
}

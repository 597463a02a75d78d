import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** Versions that a run's numbers depend on. */
export function versions(): Record<string, string> {
  return {
    revealed: revealedVersion(),
    node: process.versions.node,
    "onnxruntime-node": versionOf("onnxruntime-node/package.json"),
  };
}

export function revealedVersion(): string {
  return versionIn(new URL("../../package.json", import.meta.url));
}

function versionOf(file: string): string {
  return versionIn(require.resolve(file));
}

function versionIn(file: string | URL): string {
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

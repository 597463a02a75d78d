import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { foldersIn } from "./folders";
import { sessionSecret } from "./secret";

test("the key is made once, is long, and only its owner can read it", () => {
  const data = mkdtempSync(path.join(tmpdir(), "revealed-secret-"));
  try {
    const folders = foldersIn(path.join(data, "new"));
    const key = sessionSecret(folders);
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(sessionSecret(folders)).toBe(key);
    expect(readFileSync(path.join(folders.data, "secret"), "utf8")).toBe(key);
    expect(statSync(path.join(folders.data, "secret")).mode & 0o777).toBe(0o600);
  } finally {
    rmSync(data, { recursive: true });
  }
});

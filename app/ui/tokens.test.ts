import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const app = fileURLToPath(new URL("..", import.meta.url));

/** A colour that is no token: it would stay as it is in the dark, in high contrast and in forced colours. */
const raw =
  /#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b|\b(?:rgb|hsl|oklch|lab|lch|hwb)a?\(|\b(?:bg|text|border|fill|stroke)-(?:white|black|(?:gray|red|green|blue|zinc|slate)-\d+)\b/i;

/** Where a colour must be written out: the browser's own frame, and a picture that leaves the site. */
const writtenOut = new Set(["layout.tsx", "ui/chart-export.ts"]);

test("components know colours by their tokens only", () => {
  expect(raw.test('fill="#fff"')).toBe(true);
  expect(raw.test("bg-red-500")).toBe(true);
  const files = readdirSync(app, { recursive: true, encoding: "utf8" }).filter(
    (file) =>
      /\.tsx?$/.test(file) &&
      !file.includes(".test.") &&
      !file.startsWith("messages") &&
      !writtenOut.has(file),
  );
  expect(files.length).toBeGreaterThan(200);
  const found = files.flatMap((file) => {
    const lines = readFileSync(path.join(app, file), "utf8").split("\n");
    return lines.flatMap((line, index) =>
      raw.test(line) ? [`${file}:${index + 1}: ${line}`] : [],
    );
  });
  expect(found).toEqual([]);
});

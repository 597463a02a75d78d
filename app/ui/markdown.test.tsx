import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Markdown } from "./markdown";
import { looksLikeMarkdown, piecesOf } from "./readable-text";

const html = (text: string) => renderToStaticMarkup(<Markdown>{text}</Markdown>);

test("markdown is rendered, its headings below the page's", () => {
  expect(html("# Title\n\n**bold** and `code`")).toBe(
    '<div class="prose"><h3>Title</h3>\n<p><strong>bold</strong> and <code>code</code></p></div>',
  );
});

test("nothing in a text can run, or fetch from elsewhere", () => {
  const shown = html(
    "<script>alert(1)</script><img src=x onerror=alert(1)>\n\n" +
      "[x](javascript:alert(1)) ![pixel](https://tracker.example/p.gif)",
  );
  expect(shown).not.toMatch(/<script|<img|onerror=|javascript:/);
  expect(shown).toContain('<a href="https://tracker.example/p.gif"');
  expect(shown).toContain('rel="noreferrer nofollow"');
});

test("what would not be seen is named, in code too, and turns nothing round", () => {
  expect(html("pay \u202eabc `x\u200by`")).toBe(
    '<div class="prose"><p>pay <span dir="ltr" title="U+202E" class="unseen">RLO</span>abc ' +
      '<code>x<span dir="ltr" title="U+200B" class="unseen">ZWSP</span>y</code></p></div>',
  );
});

test("a text of a megabyte is shown as written, piece by piece, and none of it is lost", () => {
  const line = "so **much** text 🚀 ";
  for (const text of [`${line}\n`.repeat(50_000), line.repeat(50_000), "🚀".repeat(300_000)]) {
    expect(looksLikeMarkdown(text)).toBe(false);
    const pieces = piecesOf(text);
    expect(pieces.join("")).toBe(text);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(20_000);
    expect(pieces.filter((piece) => /[\ud800-\udbff]$/.test(piece))).toEqual([]);
  }
});

test.each([
  ["1 2 5 9", false],
  ["An answer, in plain words. 3 * 4 = 12", false],
  ["a_b_c and 5 > 3", false],
  ["- one\n- two", true],
  ["text\n\n```js\n1\n```", true],
  ["so **much** so", true],
  ["see [this](https://example.org)", true],
])("%j is markdown: %s", (text, is) => {
  expect(looksLikeMarkdown(text)).toBe(is);
});

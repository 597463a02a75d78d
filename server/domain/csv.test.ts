import { expect, test } from "vitest";
import { csvLine } from "./csv";

test("quotes, commas and lines stay in their cell, and no text becomes a formula", () => {
  expect(csvLine(["a", 'say "b", c', "two\nlines", 1.5, null, new Date(0)])).toBe(
    'a,"say ""b"", c","two\nlines",1.5,,1970-01-01T00:00:00.000Z\r\n',
  );
  expect(csvLine(['=HYPERLINK("http://x")', "+1", "-1", "@x", -1])).toBe(
    `"'=HYPERLINK(""http://x"")",'+1,'-1,'@x,-1\r\n`,
  );
});

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { z } from "zod";
import { korean, inLanguage, issuesIn } from "./refusal";

/** What an operator reads at the start, a programmer in a log, or the shell's user: these are English. */
const notForReaders = [
  /^OIDC_JOIN_ROLE|^SMTP_URL|^The migrations|^The database address|^A write was begun/,
  /^Kemeny's rule|^Completion \{\} of task|^Quiz \{\} is open/,
  /^\{\} is empty: no row|^\{\}, line \{\}:|^expected text, or a list/, // files of the shell
  /^there are not \{\} different|is not a sorting prompt/,
  /^The worker died/, // kept with the job
];

/** The sentences of an expression: `{}` where something is filled in. */
function sentencesOf(node: ts.Expression): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node)) {
    const spans = node.templateSpans.map(({ literal }) => `{}${literal.text}`);
    return [node.head.text + spans.join("")];
  }
  if (ts.isConditionalExpression(node))
    return [...sentencesOf(node.whenTrue), ...sentencesOf(node.whenFalse)];
  if (ts.isParenthesizedExpression(node)) return sentencesOf(node.expression);
  return [];
}

const ofSchema = /^(min|max|regex|refine|length|gt|email|url|int)$/;

/** All that the code refuses with. */
function refusalsIn(file: string): string[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, "utf8"),
    ts.ScriptTarget.Latest,
    true,
  );
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && node.expression.getText() === "AppError")
      found.push(...(node.arguments ?? []).slice(1, 2).flatMap(sentencesOf));
    if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      ofSchema.test(node.expression.name.text)
    )
      found.push(...node.arguments.slice(1).flatMap(sentencesOf));
    if (ts.isPropertyAssignment(node) && /^(message|error|wrong)$/.test(node.name.getText()))
      found.push(...sentencesOf(node.initializer));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.filter((text) => text.includes(" "));
}

test("every refusal of the site is there in Korean, with all that is filled in", () => {
  const files = ["services", "domain", "api"]
    .map((folder) => path.join("server", folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) =>
        path.join(folder, file),
      ),
    )
    .filter((file) => file.endsWith(".ts") && !/testing|\.test\.|\/refusals\//.test(file));
  expect(files.length).toBeGreaterThan(200);
  const refusals = files.flatMap(refusalsIn);
  expect(refusals.length).toBeGreaterThan(180);
  const missing = refusals.filter(
    (text) => !(text in korean) && !notForReaders.some((pattern) => pattern.test(text)),
  );
  expect([...new Set(missing)]).toEqual([]);
  const blanks = (text: string, sign: RegExp) => text.match(sign)?.length ?? 0;
  const unfilled = Object.entries(korean).filter(
    ([english, own]) => blanks(own, /\{~?\d\}/g) > blanks(english, /\{\}/g),
  );
  expect(unfilled).toEqual([]);
});

test("a sentence keeps what is filled in; only words of the catalogue are translated", () => {
  expect(inLanguage("Sign in first.", "en")).toBe("Sign in first.");
  expect(inLanguage("Sign in first.", "ko")).toBe("먼저 로그인해 주세요.");
  const forbidden =
    "This is for this campaign's reviewers and admins, and you are signed in as labeler: ask an admin.";
  expect(inLanguage(forbidden, "ko")).toBe(
    "이 캠페인의 검토자와 관리자만 할 수 있어요. 지금 역할은 라벨러예요. 관리자에게 문의해 주세요.",
  );
  expect(inLanguage("open has an account already: sign in, or use another address.", "ko")).toMatch(
    /^open 계정이 이미/,
  );
  const closing =
    "Only an open or paused campaign can be closed. This one is draft: reload the page.";
  expect(inLanguage(closing, "ko")).toBe(
    "열렸거나 멈춘 캠페인만 끝낼 수 있어요. 지금은 초안 상태예요. 새로고침해 주세요.",
  );
  expect(inLanguage("Nobody has written this.", "ko")).toBe("Nobody has written this.");
});

test("what is wrong with a form: our own words and zod's", () => {
  const schema = z.object({ name: z.string().min(1, "Give a name."), age: z.number().max(9) });
  const { error } = schema.safeParse({ name: "", age: 10 });
  expect(z.flattenError(issuesIn(error!, "en")).fieldErrors).toMatchObject({
    name: ["Give a name."],
  });
  const { name, age } = z.flattenError(issuesIn(error!, "ko")).fieldErrors as Record<
    string,
    string[]
  >;
  expect(name).toEqual(["이름을 적어 주세요."]);
  expect(age[0]).toMatch(/[가-힣]/);
});

import { francAll } from "franc-min";
import { expect, test } from "vitest";
import { languageOf } from "./use-language";

test("a language is told where a text is long enough to stand out", () => {
  const of = (text: string) => languageOf(text, francAll);
  expect(of("The moon pulls, and the far side of the sea is left behind by it.")).toBe("eng");
  expect(of("Der Mond zieht, und die ferne Seite des Meeres bleibt zurück.")).toBe("deu");
  expect(
    of("달이 가까운 바닷물을 끌어당기고 지구 반대편의 먼 바다는 뒤에 남아서 두 번 차올라요."),
  ).toBe("kor");
  expect(of("short text here")).toBeNull();
  expect(of("1 2 3")).toBeNull();
});

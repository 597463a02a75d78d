import { promptBatchLimit } from "@/server/domain/prompt-file";
import { bandsOf } from "@/server/domain/prompts/bands";
import type { PersonalData, PersonalKind } from "@/server/domain/prompts/personal-kinds";
import { promptFormatOf, promptReader } from "@/server/domain/prompts/reader";
import { type BadLine, isBad, type PromptLine } from "@/server/domain/prompts/row";
import { nearThreshold, resemblance, shinglesOf } from "@/server/domain/prompts/shingles";

/** What is in a pasted text or a file, told before it is sent. */
export interface PromptPreview {
  count: number;
  pairs: number;
  /** Lines that say again what stands above. */
  repeats: number[];
  /** Lines with what may be somebody's, and what it is. */
  personal: { line: number; kinds: PersonalKind[] }[];
  /** Lines that say almost what an earlier one says. */
  near: { line: number; of: number }[];
  /** The first line that gives no prompt, or that there are too many. */
  wrong: BadLine | "many" | null;
  /** Not all of it is read yet. */
  reading: boolean;
}

export const nothingRead: PromptPreview = {
  count: 0,
  pairs: 0,
  repeats: [],
  personal: [],
  near: [],
  wrong: null,
  reading: false,
};

const pieceLength = 64_000;

/** Reads a text line by line, so that a page stays awake: what is known so far after each, and all at the end. */
export function* readPreview(
  content: string,
  fileName: string,
  personalDataIn: (text: string) => PersonalData[],
): Generator<PromptPreview, PromptPreview> {
  if (content.trim() === "") return nothingRead;
  const preview: PromptPreview = { ...nothingRead, repeats: [], personal: [], near: [] };
  const reader = promptReader(promptFormatOf(content, fileName));
  const said = new Set<string>();
  /** The first line of each band: who shares one may be alike. */
  const banded = new Map<number, { line: number; text: string }>();
  const take = (prompt: PromptLine) => {
    const { line, text, answers } = prompt;
    if (said.has(text)) {
      preview.repeats.push(line);
      return;
    }
    said.add(text);
    preview.count++;
    if (answers) preview.pairs++;
    const texts = [text, ...(answers ?? []).map((one) => one.text)];
    const kinds = new Set(texts.flatMap((one) => personalDataIn(one).map(({ kind }) => kind)));
    if (kinds.size > 0) preview.personal.push({ line, kinds: [...kinds] });
    const shingles = shinglesOf(text);
    const bands = bandsOf(shingles);
    const alike = new Set(bands.flatMap((band) => banded.get(band) ?? []));
    for (const other of alike)
      if (resemblance(shingles, shinglesOf(other.text)) >= nearThreshold) {
        preview.near.push({ line, of: other.line });
        break;
      }
    for (const band of bands) if (!banded.has(band)) banded.set(band, { line, text });
  };
  for (let at = 0; at <= content.length; at += pieceLength) {
    const isLast = at + pieceLength > content.length;
    const lines = reader.push(content.slice(at, at + pieceLength));
    if (isLast) lines.push(...reader.end());
    for (const line of lines) {
      if (isBad(line)) return { ...nothingRead, wrong: line };
      take(line);
      if (preview.count > promptBatchLimit) return { ...nothingRead, wrong: "many" };
      yield { ...preview, reading: true };
    }
  }
  return preview;
}

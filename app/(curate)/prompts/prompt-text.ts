import { parsePrompts, withoutRepeats } from "@/server/domain/prompt-file";
import { promptFormatOf } from "@/server/domain/prompts/reader";

/** What is in a pasted text or a file, told before it is sent. */
export type PromptPreview =
  | { count: number; pairs: number; repeats: number[]; wrong: null }
  | { count: 0; pairs: 0; repeats: []; wrong: string };

export function previewPrompts(content: string, fileName: string): PromptPreview {
  if (content.trim() === "") return { count: 0, pairs: 0, repeats: [], wrong: null };
  try {
    const { unique, repeats } = withoutRepeats(
      parsePrompts(content, promptFormatOf(content, fileName)),
    );
    const pairs = unique.filter(({ answers }) => answers !== undefined).length;
    return {
      count: unique.length,
      pairs,
      repeats: repeats.map(({ line }) => line),
      wrong: null,
    };
  } catch (error) {
    return { count: 0, pairs: 0, repeats: [], wrong: error instanceof Error ? error.message : "" };
  }
}

/** The text of a chosen file, unpacked when its name says it is packed. */
export async function textOfFile(file: File): Promise<string> {
  if (!file.name.endsWith(".gz")) return await file.text();
  return await new Response(file.stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

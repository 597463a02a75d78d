export interface PromptText {
  content: string;
  /** Of the file that it came from; empty when pasted. */
  fileName: string;
}

/** The text of a chosen file, unpacked when its name says it is packed. */
export async function textOfFile(file: File): Promise<string> {
  if (!file.name.endsWith(".gz")) return await file.text();
  return await new Response(file.stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

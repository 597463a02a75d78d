/** Who speaks, by the names that data sets give them (OpenAI, TRL, ShareGPT). */
const speakers: Record<string, "Human" | "Assistant" | "System"> = {
  user: "Human",
  human: "Human",
  prompter: "Human",
  assistant: "Assistant",
  gpt: "Assistant",
  model: "Assistant",
  system: "System",
};

/**
 * The turns of a chat as one prompt: a lone question as it stands, several turns as the transcript that labelers see as
 * turns and models continue. An answer at the end is left off: it is what people and models shall write.
 * @returns "turns" where a turn is none, "answered" where no question is left
 */
export function promptOfTurns(turns: readonly unknown[]): { text: string } | "turns" | "answered" {
  const said: { speaker: "Human" | "Assistant" | "System"; text: string }[] = [];
  for (const turn of turns) {
    if (typeof turn !== "object" || turn === null) return "turns";
    const { role, content, from, value } = turn as Record<string, unknown>;
    const [name, text] = [role ?? from, content ?? value];
    if (typeof name !== "string" || typeof text !== "string") return "turns";
    if (!Object.hasOwn(speakers, name)) return "turns";
    said.push({ speaker: speakers[name], text });
  }
  while (said.at(-1)?.speaker === "Assistant") said.pop();
  if (said.at(-1)?.speaker !== "Human") return "answered";
  if (said.length === 1) return { text: said[0].text };
  return { text: said.map(({ speaker, text }) => `${speaker}: ${text}`).join("\n\n") };
}

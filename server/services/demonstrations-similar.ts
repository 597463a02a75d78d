import type { DemonstrationRow } from "../db/queries/demonstration";
import { modelAnswers, otherDemonstrations } from "../db/queries/similar";
import { sharedWords } from "../domain/writing";
import type { Services } from "./context";

/** Whose words a demonstration is written in, where they are not its author's own. */
export interface Similar {
  of: "demonstration" | "model";
  /** Of its runs of five words, 0 to 1. */
  share: number;
}

/** From this share on the author is told. */
const told = 0.4;
/** What is looked through. */
const most = { texts: 500, characters: 5000 };

/** Whether a text is much like another demonstration of the campaign, or an answer of a model to its prompt. */
export async function similarTo(
  { db }: Services,
  row: Pick<DemonstrationRow, "id" | "campaignId" | "promptId">,
  text: string,
): Promise<Similar | null> {
  const shareOf = sharedWords(text.slice(0, most.characters));
  const found = { model: await modelAnswers(db.read, row.promptId, most) };
  const all = { ...found, demonstration: await otherDemonstrations(db.read, row, most) };
  const worst = (["model", "demonstration"] as const)
    .map((of) => ({ of, share: Math.max(0, ...all[of].map(shareOf)) }))
    .reduce((a, b) => (b.share > a.share ? b : a));
  return worst.share >= told ? worst : null;
}

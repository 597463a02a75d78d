import type { Reader } from "../db/client";
import { inBands, type Sketch, textsOf } from "../db/queries/prompt-near";
import type { CampaignId, ImportId, PromptId } from "../domain/ids";
import { bandsOf } from "../domain/prompts/bands";
import { nearThreshold, resemblance, shinglesOf } from "../domain/prompts/shingles";

/** A full bucket takes no more: thousands that are alike are found by the first of them. */
const bucketSize = 32;
/** Of all that share a band, those that share most are compared. */
const compared = 8;

interface Given {
  id: PromptId;
  text: string;
}

interface Candidate {
  id: PromptId;
  groupId: PromptId;
  /** Bands in common. */
  shared: number;
}

/** What is stored of a text's likeness, and what it is most like. */
export interface Likeness {
  sketch: Sketch;
  nearest: { id: PromptId; resemblance: number } | null;
}

const mostShared = (candidates: Iterable<Candidate>) =>
  [...candidates].sort((a, b) => b.shared - a.shared).slice(0, compared);

/**
 * Looks for what each text is most like among the campaign's prompts, the lines of the same import, and the texts
 * given before it.
 */
export async function likenessOf(
  db: Reader,
  campaignId: CampaignId,
  given: readonly Given[],
  importId?: ImportId,
): Promise<Likeness[]> {
  const own = given.map(({ id, text }) => {
    const shingles = shinglesOf(text);
    return { id, shingles, bands: bandsOf(shingles) };
  });
  const buckets = new Map<number, { id: PromptId; groupId: PromptId }[]>();
  const put = (key: number, one: { id: PromptId; groupId: PromptId }) =>
    buckets.get(key)?.push(one) ?? buckets.set(key, [one]);
  const keys = [...new Set(own.flatMap(({ bands }) => bands))];
  for (const { key, promptId, groupId } of await inBands(db, campaignId, keys))
    put(key, { id: promptId, groupId });

  const candidatesOf = (bands: readonly number[]) => {
    const found = new Map<PromptId, Candidate>();
    for (const key of bands)
      for (const one of buckets.get(key) ?? []) {
        const seen = found.get(one.id);
        if (seen) seen.shared += 1;
        else found.set(one.id, { ...one, shared: 1 });
      }
    return mostShared(found.values());
  };
  const stored = new Set(own.flatMap(({ bands }) => candidatesOf(bands).map(({ id }) => id)));
  const texts = await textsOf(db, [...stored], importId);
  const shingled = new Map<PromptId, Set<number>>();
  const shinglesBy = (id: PromptId): Set<number> | undefined => {
    const text = texts.get(id);
    if (text !== undefined && !shingled.has(id)) shingled.set(id, shinglesOf(text));
    return shingled.get(id);
  };

  return own.map(({ id, shingles, bands }) => {
    let nearest: { id: PromptId; groupId: PromptId; resemblance: number } | null = null;
    for (const candidate of candidatesOf(bands)) {
      const theirs = shinglesBy(candidate.id);
      if (!theirs || candidate.id === id) continue;
      const share = resemblance(shingles, theirs);
      if (share >= nearThreshold && share > (nearest?.resemblance ?? 0))
        nearest = { id: candidate.id, groupId: candidate.groupId, resemblance: share };
    }
    const groupId = nearest?.groupId ?? id;
    const free = bands.filter((key) => (buckets.get(key)?.length ?? 0) < bucketSize);
    for (const key of free) put(key, { id, groupId });
    shingled.set(id, shingles);
    return {
      sketch: { promptId: id, groupId, resemblance: nearest?.resemblance ?? 1, bands: free },
      nearest: nearest && { id: nearest.id, resemblance: nearest.resemblance },
    };
  });
}

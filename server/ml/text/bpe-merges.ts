/** One merge of two tokens into a third, by id. */
export interface Merge {
  readonly left: number;
  readonly right: number;
  readonly id: number;
}

interface Candidate {
  readonly left: number;
  readonly right: number;
  readonly count: number;
}

const SHIFT = 2 ** 24; // ids below this: a pair fits one exact double

/**
 * Byte-pair encoding (Sennrich et al. 2016): merges the commonest adjacent pair, again and again. Ties go to the
 * pair of smaller ids, as in the tokenizers library, so that both make the same merges.
 * @param words each distinct word as ids, with how often it occurs; changed in place
 * @param nextId id of the first merged token @param merges how many to make at most
 */
export function learnMerges(
  words: readonly { ids: number[]; count: number }[],
  nextId: number,
  merges: number,
): Merge[] {
  const counts = new Map<number, number>();
  const places = new Map<number, Set<number>>(); // words in which a pair occurs (or did)
  const heap = new PairHeap();
  const changed = new Set<number>();
  const count = (word: number, sign: 1 | -1) => {
    const { ids, count: times } = words[word];
    for (let i = 0; i + 1 < ids.length; i++) {
      const key = ids[i] * SHIFT + ids[i + 1];
      counts.set(key, (counts.get(key) ?? 0) + sign * times);
      if (sign > 0) (places.get(key) ?? places.set(key, new Set()).get(key)!).add(word);
      changed.add(key);
    }
  };
  const offer = () => {
    for (const key of changed) {
      const times = counts.get(key) ?? 0;
      const right = key % SHIFT;
      if (times > 0) heap.push({ left: (key - right) / SHIFT, right, count: times });
    }
    changed.clear();
  };
  for (const word of words.keys()) count(word, 1);
  offer();

  const made: Merge[] = [];
  while (made.length < merges) {
    const best = heap.pop();
    if (best === null) break;
    const { left, right } = best;
    const key = left * SHIFT + right;
    if (counts.get(key) !== best.count) continue; // offered before its count changed
    const id = nextId + made.length;
    made.push({ left, right, id });
    for (const word of places.get(key) ?? []) {
      count(word, -1);
      mergeIn(words[word].ids, left, right, id);
      count(word, 1);
    }
    counts.delete(key);
    places.delete(key);
    changed.delete(key);
    offer();
  }
  return made;
}

function mergeIn(ids: number[], left: number, right: number, id: number): void {
  let to = 0;
  for (let from = 0; from < ids.length; from++) {
    const pair = ids[from] === left && ids[from + 1] === right;
    ids[to++] = pair ? id : ids[from];
    if (pair) from++;
  }
  ids.length = to;
}

/** Highest count first; among equals the smaller ids. */
class PairHeap {
  private readonly items: Candidate[] = [];

  push(item: Candidate): void {
    let at = this.items.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(item, this.items[parent])) break;
      this.items[at] = this.items[parent];
      at = parent;
    }
    this.items[at] = item;
  }

  pop(): Candidate | null {
    const [top] = this.items;
    const last = this.items.pop();
    if (top === undefined || last === undefined) return null;
    if (this.items.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.items.length) break;
      if (child + 1 < this.items.length && before(this.items[child + 1], this.items[child]))
        child++;
      if (!before(this.items[child], last)) break;
      this.items[at] = this.items[child];
      at = child;
    }
    this.items[at] = last;
    return top;
  }
}

function before(a: Candidate, b: Candidate): boolean {
  return (b.count - a.count || a.left - b.left || a.right - b.right) < 0;
}

import { wordsOf } from "./features";

/** Of one text so many different words are looked at. */
const looked = 60;
/** A cluster is described by so many. */
const described = 8;

/** Counts words by cluster, and tells those that describe each. */
export class ClusterWords {
  readonly #counts: Map<string, number>[];

  constructor(clusters: number) {
    this.#counts = Array.from({ length: clusters }, () => new Map());
  }

  add(cluster: number, text: string): void {
    const counts = this.#counts[cluster];
    for (const word of [...new Set(wordsOf(text))].slice(0, looked))
      if (word.length > 1) counts.set(word, (counts.get(word) ?? 0) + 1);
  }

  /**
   * Class-based TF-IDF (Grootendorst, "BERTopic", 2022): a word's count in the cluster times ln(1 + A / its count in
   * all), A being the words of an average cluster.
   */
  words(): string[][] {
    const all = new Map<string, number>();
    let total = 0;
    for (const counts of this.#counts)
      for (const [word, n] of counts) {
        all.set(word, (all.get(word) ?? 0) + n);
        total += n;
      }
    const average = total / (this.#counts.length || 1);
    const score = (word: string, n: number) => n * Math.log(1 + average / (all.get(word) ?? n));
    return this.#counts.map((counts) =>
      [...counts]
        .map(([word, n]) => ({ word, score: score(word, n) }))
        .sort((a, b) => b.score - a.score || (a.word < b.word ? -1 : 1))
        .slice(0, described)
        .map(({ word }) => word),
    );
  }
}

/** What each cluster is called until somebody names it: its first words, none twice. */
export function clusterNames(words: readonly (readonly string[])[]): string[] {
  const taken = new Set<string>();
  return words.map((own) => {
    const plain = own.slice(0, 3).join(", ") || "—";
    let name = plain;
    for (let i = 2; taken.has(name); i++) name = `${plain} (${i})`;
    taken.add(name);
    return name.slice(0, 200);
  });
}

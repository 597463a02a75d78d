/** A stream of numbers in [0, 1) that a seed decides (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const words =
  "the of and to in is that it for as with was on are by this be from or have an they which one you were all her she there would their we him been has when who will no more if out so up said what its about than into them can only other time new some could these two may first then do any like my now over such our man me even most made after also did many off before must well back through years where much your way down should because long each just state people those too good very make world still see own work men day get here old between both life being under three never know same last another while us might great year come since go against right came take used himself few house use place during high without again home around small however found mrs thought went say part once general".split(
    " ",
  );

/** So many words, as sentences. */
export function prose(random: () => number, count: number): string {
  let text = "";
  for (let i = 0; i < count; i++) {
    const word = words[Math.floor(random() * words.length)];
    const begins = i % 14 === 0;
    const drawn = begins ? word[0].toUpperCase() + word.slice(1) : word;
    text += (i === 0 ? "" : begins ? ". " : " ") + drawn;
  }
  return `${text}.`;
}
